"""Lists: how each stands and what it holds; added, paused, checked, and those of the user's edited.

`overview` has all, `one` shows one, `change` switches and syncs, `own` edits entities, `imports` takes files in. A sync
goes on while pages are answered: `sync` begins it.
"""
