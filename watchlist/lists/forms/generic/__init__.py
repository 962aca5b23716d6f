"""Forms that any list may have: a CSV file with a header, and JSON lines. Lists of one's own are kept in them.

What is written here is read here: `write` and `csv` are each other's inverse. No list is published by this room.
"""
