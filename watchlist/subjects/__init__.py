"""Who is who? Pure decisions about which entries of lists are one.

`continuity` compares two states of one list, `grouping` the lists with each other. No database, no file, no clock;
how names are found in texts is `matching`'s.
"""
