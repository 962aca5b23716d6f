"""TEXT -> stretches that may be a name: words looked up in the index, and names aligned with them.

A *chain* is a run of words near enough to each other to name somebody together; a *strip* is so much of it, with the
small words between, as one name could cover; an *alignment* is a listed name laid over a strip. Says where a name may
stand and how well its parts fit. Whether it is meant, `evidence` judges.
"""
