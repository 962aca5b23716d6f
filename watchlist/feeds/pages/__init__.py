"""PAGE -> TEXT: an article's own page, where the feed has a summary only.

    sites, robots (may it be fetched?) -> one_page -> page -> outcome, barriers (is it the article?)

`fetch` runs that line for many pages, sites side by side; pages and rules of robots are read in the `sandbox`. Which
pages are wanted is decided in `news.full_text`.
"""
