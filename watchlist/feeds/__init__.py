"""FEED -> ARTICLE.

    is_due -> fetch -> parse -> extract -> identify -> FeedFetchIntent

`poll.poll_all` runs that line for many feeds at once; `schedule` and `identity` are pure; `network` is the only
module that opens a connection, `sandbox` the only one that starts a process.
"""
