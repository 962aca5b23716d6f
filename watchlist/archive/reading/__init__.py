"""FILES -> PIECES -> ROWS: what an archive holds, in pieces of bounded size that are the same whenever it is cut.

`inputs` finds the files, `pieces` cuts them, `rows` makes articles of a piece. What cannot be read is a `BadRow` with
its place; nothing here screens or writes.
"""
