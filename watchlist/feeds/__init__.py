"""FEED -> ARTICLE.

    fetch | parse_feed | make_articles | FeedFetchIntent

`poll.poll_all` runs that line for many feeds at once, `pages.fetch` the same for the pages of articles, both by the
threads of `workers`; `sources` finds the feeds of a site, `files` reads what is handed over; `schedule`, `hints` and
`intents` are pure; `reading` knows the formats, and `sandbox` is the only room that starts a process. What is not here:
the wire itself (`http`), and whether an entry is news (`news`).
"""
