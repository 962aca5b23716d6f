"""What programs are given: the JSON that commands print with ``--json`` and that the API answers with.

A module for each kind of thing; alerts have theirs in `alerts.as_json`, for they are sent on channels too. Nothing is
asked of the store here and nothing is decided: values in, plain values out.
"""
