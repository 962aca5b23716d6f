"""One room for each authority, with a reader for each form of its lists.

A form's module says how its head is recognised, which lists are published in it, and reads it. What two authorities
share belongs to `reading`.
"""
