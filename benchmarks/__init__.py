"""What is measured: one module for each question, run by itself as ``python -m benchmarks.NAME``.

Each module says its question, how it is answered and what is wanted. ``make bench`` asks all about speed, ``make
quality`` all about precision and recall. Shared are the trial data (``trial``), clocks and memory (``measure``),
figures of right and wrong (``figures``), labelled articles (``labelled``) and the options of questions about quality
(``asked``). Nothing under ``watchlist/`` imports from here; tests may, to hold a floor.
"""
