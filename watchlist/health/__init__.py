"""What others are told of how it stands: the three addresses ``/healthz``, ``/readyz`` and ``/metrics``, and pings.

`figures` asks the store, `metrics` and `replies` word what they are given, `server` answers over HTTP, `pings` tells a
server that watches whether runs begin and end, and `beside` has all of it go along with the runs of a program. Whoever
serves pages can give the same replies. Nothing here may hold up or end a run, and nothing decides what is a fault.
"""
