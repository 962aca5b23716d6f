"""Texts screened for whoever asks: one index for all, so many at a time, on as many cores as there are.

`screening` is what routes ask; `places` has them wait for their turn; `followed` has the index, and the next as soon as
lists change; `answered` has what was asked lately; `text` screens one text, in a process of the `pool` (`child`) or in
this one.
"""
