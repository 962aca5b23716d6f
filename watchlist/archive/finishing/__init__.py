"""The end of an archive run: PARTS -> MENTIONS BY DATE, AND A SUMMARY.

`parts` are what a run leaves of each piece, `finish` makes of all of them what people read, mentions `by_date`, and
`summary` is what that says in numbers. It is done by one process of this machine, whoever screened.
"""
