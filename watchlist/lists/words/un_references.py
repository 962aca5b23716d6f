"""The references under which the UN lists somebody, as lists and their remarks print them: ``QDi.001``.

Until 2014 they had the letter a name begins with and the year in them (``QI.A.146.14``, ``TE.H.12.01.``); the number
stayed. Those of the resolutions on Iran were another kind (``E.29.I.4``), which the UN's own list still tells.
"""

from __future__ import annotations

import re

_NEW = re.compile(r"(?<![A-Za-z])(?P<regime>[A-Z]{2}|[A-Z][a-z])(?P<kind>[EIei])\.\s?(?P<number>\d{3})(?!\d)")
_OLD = re.compile(r"(?<![A-Za-z])(?P<regime>[QT])\.?(?P<kind>[EI])\.[A-Z]\.(?P<number>\d{1,3})\.\d{2}(?!\d)")
_FORMER = re.compile(
    r"Ref(?:erence)?\b[\s#.:]*"
    r"(?P<whole>[EI]\.(?:\d{2}\.[A-Z]{1,3}\.\d{1,2}(?![\d.]*\d)|AC(?:\.\d{1,2}){4}(?:\.\(\d{1,2}\))?))"
)
_REGIMES = {"Q": "QD", "T": "TA"}


def un_references(text: str) -> tuple[str, ...]:
    """The references in a text, as far as they are used today in today's form, each once."""
    found = [f"{match['regime'].upper()}{match['kind'].lower()}.{match['number']}" for match in _NEW.finditer(text)]
    found += [
        f"{_REGIMES[match['regime']]}{match['kind'].lower()}.{int(match['number']):03}" for match in _OLD.finditer(text)
    ]
    return tuple(dict.fromkeys((*found, *former_un_references(text))))


def former_un_references(text: str) -> tuple[str, ...]:
    """The references of the resolutions on Iran in a text: ``[Old Reference # E.29.I.4]``."""
    return tuple(dict.fromkeys(match["whole"] for match in _FORMER.finditer(text)))
