"""What speaks for and against a mention, and what it comes to.

Candidates are made of what the search found, then read together with the whole article. `features` has what is asked
of a candidate, `score` the one table of weights and thresholds, `evaluate` the sum. Nothing here looks for names.
"""
