"""How alike are two names? Words to words, then names to names; for `match`, for mentions in texts, for one as for the other.

Pure: values in, numbers out. Knows no list, no index and no article.
"""
