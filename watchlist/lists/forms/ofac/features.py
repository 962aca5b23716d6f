"""What OFAC's two forms with typed features say in them: the labels are those of the CSV's remarks, and some more."""

from __future__ import annotations

from watchlist.lists.forms.ofac.facts import Facts

_COUNTRIES = ("nationality country", "citizenship country", "nationality of registration", "registration country")
_FLAGS = ("vessel flag", "other vessel flag", "flag")
#: Features whose words are a country.
OF_COUNTRY = _COUNTRIES + _FLAGS


def feature(facts: Facts, label: str, words: str) -> None:
    """Take in one feature by its label and its words."""
    kind = label.lower()
    if kind in ("place of birth", "pob"):
        facts.birth_places.append(words)
    elif kind in OF_COUNTRY:
        facts.country(words)
    elif kind == "title":
        facts.title(words)
    elif kind in ("vessel owner", "aircraft operator"):
        facts.linked_to.append(words)
    elif kind == "additional sanctions information -":
        facts.remarks.append(words)
    else:
        facts.phrase(f"{label} {words}")
