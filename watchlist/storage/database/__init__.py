"""The machinery: tables, connections, transactions, the run lock, migrations.

Knows how rows are read and written, not what they mean.
"""
