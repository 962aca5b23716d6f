"""Who asks, and what they may.

`current` gives the account of a request to whatever answers it.
"""
