"""Which country an address is in: the one that it ends in, or the last that is named in it by itself."""

from __future__ import annotations

import re
from functools import lru_cache

from watchlist.lists.words.countries import country_name

#: Words that a country's name has at most.
_LONGEST = 8
#: Last words of addresses that are a country's name and belong to another place.
_OTHER_PLACES = ("new mexico", "new england", "new jersey")
#: Parts that are a country's name and more often something else, unless they come last.
_AMBIGUOUS = frozenset({"georgia", "jersey", "jordan", "lebanon", "chad", "guinea", "ireland", "england"})
_CONTACT = re.compile(r"\b(?:tel|telephone|phone|fax|mobile:|mob:|e-?mail|website|url)\b", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\([^()]{0,200}\)$")
_CODE = re.compile(r"(?:\b[A-Z]{1,2}\d[A-Z\d]?[ -])?\b[A-Z]{0,3}[ -]?\d[A-Z\d -]{0,10}$")
#: More than this of a cell is no address.
_LONGEST_CELL = 2_000


@lru_cache(maxsize=4096)
def countries_of(address: str) -> tuple[str, ...]:
    """The codes of the countries that an address, or several with semicolons between them, are in.

    Only names of countries count, not codes, which are those of states and provinces as well.
    """
    found = (_country(piece) for piece in address[:_LONGEST_CELL].split(";"))
    return tuple(dict.fromkeys(code for code in found if code))


def _country(address: str) -> str | None:
    whole = address.strip(" .,")
    if whole.startswith("(") and whole.endswith(")"):
        whole = whole[1:-1]
    contact = _CONTACT.search(whole)
    body = ((whole[: contact.start()].rstrip(" ,;(-") if contact else "") or whole).strip(" .,")
    body = _BRACKETS.sub("", body).strip(" .,)")
    return _at_end(body) or _by_itself(body)


def _at_end(body: str) -> str | None:
    for ending in (body, _CODE.sub("", body)):
        text = ending.strip(" .,;:-")
        last = re.split(r"[,\n]|\s[-–]\s", text)[-1].strip(" .")
        # "Iran, Islamic Republic of" has a comma of its own.
        if found := country_name(last) or country_name(",".join(text.rsplit(",", 2)[-2:])):
            return found
        words = last.split()[-_LONGEST:]
        if " ".join(words[-2:]).lower() in _OTHER_PLACES:
            return None
        for start in range(1, len(words)):
            if found := country_name(" ".join(words[start:])):
                return found
    return None


def _by_itself(body: str) -> str | None:
    parts = [part.strip(" .") for part in re.split(r"[,\n]", body)]
    return next(
        (found for part in reversed(parts) if part.lower() not in _AMBIGUOUS and (found := country_name(part))), None
    )
