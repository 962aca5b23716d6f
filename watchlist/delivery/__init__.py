"""ALERT -> DELIVERY: rendering messages, handing them over, and trying again until they are taken.

``outbox`` is the runner, ``backoff`` decides when to try again, ``render`` words a message, ``transports`` has one
module for each channel. What an alert is and whether there is one is decided elsewhere, in `alerts`.
"""
