"""An archive screened by processes of this machine: PIECES -> PARTS -> MENTIONS BY DATE.

`run` cuts what is left and has the `pool` screen it, a `worker` writes a part for each piece, `finish` makes of all
parts what people read, mentions `by_date`. Each step may be killed and is done again; no cluster is known here.
"""
