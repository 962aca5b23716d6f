"""``watchlist entities``: listed names, own entries, files of them, groups and suppressions.

``commands`` is the noun; each verb or two has its module, and ``forms`` reads an entity from options. Which values an
entity may have is the CSV form's to say, in `lists`.
"""
