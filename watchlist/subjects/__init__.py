"""Who is who? Pure decisions about which entries of lists are one, and what changed about them.

`continuity` compares two states of one list, `changes` says what differs, `grouping` compares the lists with each
other, by what `links` finds in common. No database, no file, no clock; how names are found in texts is `matching`'s.
"""
