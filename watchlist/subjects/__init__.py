"""Who is who? Pure decisions about which entries of lists are one, and what changed about them.

`continuity` compares two states of one list, `changes` says what differs. `grouping` compares the lists with each
other: `pairs` finds who is worth comparing, by what `profiles` have of each, `evidence` weighs what speaks for one and
the same (`births` when they were born), `links` takes the surest first. How names are read and compared is
`matching`'s, and asked through `naming`. No database, no file, no clock.
"""
