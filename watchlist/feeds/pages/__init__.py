"""PAGE -> TEXT: an article's own page, where the feed has a summary only.

Which may be fetched (robots.txt), fetching it, whether it shows the article at all, and taking the text out. Which
pages are wanted is decided in `news.full_text`.
"""
