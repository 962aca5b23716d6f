"""The database as a whole: how large it is, whether it is sound, copies of it, and moving it elsewhere.

Nothing here knows what the rows mean. `figures` counts, `check` looks for damage, `backup` makes copies and takes them
back, `copying` moves every row between SQLite and PostgreSQL.
"""
