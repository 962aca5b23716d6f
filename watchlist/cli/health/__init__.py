"""How everything stands: ``watchlist status``, ``faults`` and ``doctor``.

What is wrong and what it comes to is found in `watchlist.steps.health`; here it is put on a screen. Nothing is mended
here.
"""
