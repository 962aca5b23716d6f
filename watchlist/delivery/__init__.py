"""ALERT -> DELIVERY: rendering messages, handing them over, and trying again until they are taken.

``outbox`` is the runner, ``backoff`` decides when to try again, ``render`` words a message, ``registry`` knows the
transports, one module for each.
"""
