"""Who may use the page and the API: accounts, sessions, tokens, tries that are counted, and the record of it all.

Passwords and tokens come in as hashes and no secret but the signing keys stands here. What was done to an account is
noted in the transaction that does it; the record is only added to.
"""

from watchlist.storage.accounts.access_log import AccessLogRows
from watchlist.storage.accounts.accounts import AccountRows
from watchlist.storage.accounts.answered import AnsweredRows
from watchlist.storage.accounts.keys import KeyRows
from watchlist.storage.accounts.links import LinkRows
from watchlist.storage.accounts.sessions import SessionRows
from watchlist.storage.accounts.throttles import ThrottleRows
from watchlist.storage.accounts.tokens import TokenRows


class AccessRows(AccountRows, SessionRows, TokenRows, ThrottleRows, KeyRows, LinkRows, AccessLogRows, AnsweredRows):
    """Accounts and all that belongs to them."""
