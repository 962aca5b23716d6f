"""General knowledge of words, from tables: which are ordinary, places, titles, legal forms, names, and how common.

The same whoever is listed, and read from the files in `language/data`. What a word may be stands here; what it is in a
name or in a text is for others to say.
"""
