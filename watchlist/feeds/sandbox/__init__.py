"""Reading what strangers send in processes that can be killed.

`sandbox` starts the processes and keeps their deadline, `worker` is what runs in them, `parse` asks for a feed. The
reading itself stands in `reading` and `pages`; `places` finds where the entries stand in the bytes.
"""
