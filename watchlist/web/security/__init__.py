"""Who asks, what they may, and what no request may do whichever route it is for.

`gate.keep` puts all of it around the application, so that a route need not think of it, and `wire` holds the server to
its bounds; `current` gives the account of a request to whatever answers it. No page is made here but the plain one of
a refusal.
"""
