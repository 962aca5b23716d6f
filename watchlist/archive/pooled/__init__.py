"""An archive screened by processes of this machine: PIECES -> PARTS.

`run` cuts what is left and has the `pool` screen it, a `worker` writes a part for each piece. Each step may be killed
and is done again; no cluster is known here.
"""
