"""Feeds: how each stands and was polled; found at a site, added, set, paused, checked; OPML in and out.

`overview` has all and adds one, `one` shows one, `change` sets and checks it, `opml` takes many. A check goes on while
pages are answered.
"""
