"""How alike are two names? Words to words, then names to names: one answer for `match` and for mentions in texts.

Pure: values in, numbers out. Knows no list, no index and no article.
"""
