"""TEXT -> stretches that may be a name: words looked up in the index, and names aligned with them.

Says where a name may stand and how well its parts fit. Whether it is meant, `evidence` judges.
"""
