"""Pages of coming in: the log-in, one's own account, links of mails.

They are there for those who are not logged in too, and show nothing of what is watched but what a signed link is about.
"""
