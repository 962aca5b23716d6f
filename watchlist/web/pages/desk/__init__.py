"""What is asked for at a desk and not kept: a text screened, the report of a period.

`screen` takes a text, an address or a file, and has its mentions `marked`; `report` shows and exports a period. Nothing
is stored.
"""
