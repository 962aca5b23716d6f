"""Which articles tell one story: their words as compared, how rare a word is, how alike two articles are; all pure.

Two things are told apart. A *copy* is the same text, edited, cut, or under another headline or address: it shares runs
of words. A *report* is the same event in other words: it shares the rare words of headline and beginning, and comes
within hours. Whatever stands on many pages of an outlet, such as a menu, counts for neither. Articles are compared
within a subject only: nothing is asked here of the others.
"""
