"""ALERT -> DELIVERY: rendering messages, handing them over, and trying again until they are taken.

``outbox`` is the runner, ``backoff`` decides when to try again, ``transports`` has one module for each channel.
``render`` words a message with the ``templates``; ``bulletin`` arranges any number of alerts, ``cards`` tell one, and
``clean`` makes foreign text fit. What an alert is and whether there is one is decided elsewhere, in `alerts`.
"""
