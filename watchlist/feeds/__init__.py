"""FEED -> ARTICLE.

    is_due -> fetch -> parse -> extract -> identify -> FeedFetchIntent

`poll.poll_all` runs that line for many feeds at once, `pages.fetch` the same for the pages of articles, both by the
threads of `workers`; `schedule` and `intents` are pure; `sandbox` is the only room that starts a process. What is not
here: the wire itself (`http`), and whether an entry is news (`news`).
"""
