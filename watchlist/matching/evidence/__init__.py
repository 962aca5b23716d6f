"""What speaks for and against a mention, and what it comes to.

A feature is a function of one candidate; `score` has the one table of weights and the sum. Nothing here looks for
names.
"""
