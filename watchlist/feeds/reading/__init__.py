"""BYTES -> ENTRIES: whatever a feed's address may give, read to the end however damaged.

A document may take as long as it likes, so feeds, saved pages and the links of a page are read in the `sandbox`. In the
program itself are called only `opml`, for a file of the operator's; `extract`, for pages given to `screen`; and what is
quick whatever comes: `charset`, `dates`, `robots_sitemaps` and the guesses of `discover`. No network and no database
here.
"""
