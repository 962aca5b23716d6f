"""The steps of the flow, each a module: what takes more than one stage.

`pipeline` calls them in order; each takes the stages it needs and does one thing: bring lists up to date, poll feeds,
fetch pages, screen articles, find faults, deliver. Beside them stands what other commands do over several stages,
in `asked`; and what steps share: `index` and `parts`. The database is reached through `ports`
alone. No step knows another's order, and no SQL, HTTP or score stands here.
"""
