"""TEXT -> stretches that may be a name: words looked up in the index, and names aligned with them.

A *chain* is a run of words near enough to each other to name somebody together; a *stretch* is a chain with the small
words and numbers around it that a name could cover; an *alignment* is a listed name laid over a stretch. Says where a
name may stand and how well its parts fit. Whether it is meant, `evidence` judges.
"""
