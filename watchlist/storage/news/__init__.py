"""What is read: feeds with their polls, articles, and the pages of articles.

Whether an article is new, and what becomes of one that is reworded, is asked of `watchlist.news`. Nothing of lists or
of what is found in articles may be here.
"""

from watchlist.storage.news.articles import ArticleRows
from watchlist.storage.news.declarations import FeedDeclarationRows
from watchlist.storage.news.feeds import FeedRows
from watchlist.storage.news.heard import HeardRows
from watchlist.storage.news.pages import PageRows
from watchlist.storage.news.polls import FeedPollRows
from watchlist.storage.news.sources import SourceRows


class NewsRows(
    FeedDeclarationRows,
    FeedRows,
    SourceRows,
    FeedPollRows,
    ArticleRows,
    PageRows,
    HeardRows,
):
    """Everything about what is read."""
