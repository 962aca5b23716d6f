"""The machinery: tables, connections, transactions, the run lock and the record of runs, migrations.

Knows how rows are read and written, not what they mean; nothing of lists, news or alerts is decided or put together
here.
"""
