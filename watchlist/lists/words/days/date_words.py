"""The words of a cell of dates, read from left to right: each place is looked at once for each pattern of a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from watchlist.lists.words.days.calendars import calendars_of, in_our_days
from watchlist.lists.words.days.months import month_of

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
#: Years of the Gregorian calendar that lists write; a number of four digits outside them is none.
_FIRST_YEAR, _LAST_YEAR = 1800, 2099
#: Years of the other calendars that lists write: the Islamic and the Persian ones.
_OTHER_FIRST, _OTHER_LAST = 1250, 1500
#: Of years with two digits those up to this one are of this century: nobody listed is a child, or a hundred.
_PIVOT = 10
#: A date of another calendar is taken for none that would be before this year of ours.
_OLDEST = 1900
_ABOUT = frozenset({"approximately", "approx", "circa", "c", "ca", "about", "around", "abt", "est", "estimated", "~"})
#: Words between the word for about and the date.
_FILLING = frozenset({".", "in", "the", "year", "of"})
_STARTS = frozenset({"between", "from"})
_LINKS = frozenset({"to", "-", "–", "—", "until", "till", "through"})
_ORS = frozenset({"or", "/", "and", "&", ","})
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er"})
_JOINTS = frozenset({"-", "/", ".", "–"})
#: A date behind one of these is not of what the cell is about, or only one end of a range.
_OPEN = frozenset({"before", "after", "since", "until", "till", "prior"})
#: With "than" in front of a date, or "or" behind it, these make it an end as well.
_THAN = frozenset({"later", "earlier", "before", "after"})
_ASIDE = frozenset({"issued", "issue", "expires", "expired", "expiry", "died", "deceased", "killed", "listed", "valid"})
_DECADE = 10
#: So many words around a date of another calendar may name it.
_CALENDAR_WORDS = 3
#: More marks between the parts of a date, or words before it, are something else; this also bounds the work.
_MOST_MARKS = 3
_MOST_ABOUT = 5


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: what is not known of it is None."""

    year: int
    month: int | None = None
    day: int | None = None
    #: Whether it is of another calendar, or the open end of a range.
    foreign: bool = False

    def iso(self) -> str | None:
        """ISO 8601; None where no calendar has the day."""
        if self.foreign:
            return None
        if not self.month:
            return f"{self.year:04d}"
        try:
            whole = date(self.year, self.month, self.day or 1).isoformat()
        except ValueError:
            return None
        return whole if self.day else whole[:7]


#: A date, or the two ends of a range.
Found = tuple[Written, Written | None]


class Reader:
    """One cell's words."""

    def __init__(self, text: str) -> None:
        self._tokens = [(token.group().lower(), token.start()) for token in _TOKEN.finditer(text)]
        self._ends = [start + len(word) for word, start in self._tokens]
        #: Whether dates were passed over that are of something else.
        self.passed = False

    def all(self) -> tuple[list[Found], bool]:
        """Every date in order, and whether a number is left that belongs to none."""
        found: list[Found] = []
        #: What those of another calendar may be.
        converted: dict[int, list[Found]] = {}
        left = False
        at = 0
        while at < len(self._tokens):
            word = self._word(at)
            if word in _ASIDE or (word == "as" and self._word(at + 1) in ("at", "of")):
                at, _ = self._over(at)
                continue
            opens = at + 1 + (self._word(at + 1) in ("to", "than"))
            if (word in _OPEN or (word in _THAN and opens > at + 1)) and (read := self._span(opens)) is not None:
                found.append((replace(read[0][0], foreign=True), None))
                at = read[1]
            elif (read := self._span(at)) is not None:
                if others := self._in_our_calendar(read[0], at, read[1]):
                    converted[len(found)] = others
                found.append(read[0])
                at = read[1]
                if self._word(at) == "or" and self._word(at + 1) in _THAN and self._word(at + 2) != "than":
                    found[-1] = (replace(found[-1][0], foreign=True), None)
                    at += 2
            else:
                left = left or (word.isdigit() and not self._is_label(at) and not self._is_code(at))
                at += 1
        # Where two calendars may be meant, a date of ours beside it tells which.
        ours = {one.year for one, _ in found if not one.foreign}
        for place, read_as in converted.items():
            fitting = [
                each for each in read_as if any(each[0].year <= year <= (each[1] or each[0]).year for year in ours)
            ]
            likely = read_as if len(read_as) == 1 else fitting
            found[place] = likely[0] if len(likely) == 1 else found[place]
        return found, left

    def _over(self, at: int) -> tuple[int, bool]:
        """Behind the date that follows within a few words."""
        for start in range(at + 1, min(at + 5, len(self._tokens))):
            if (read := self._span(start)) is not None:
                self.passed = True
                return read[1], True
        return at + 1, False

    def _span(self, at: int) -> tuple[Found, int] | None:
        """A date, a decade or a range that begins here, and the place behind it."""
        start = at + 1 if self._word(at) in _STARTS else at
        inherited = self._inheriting(start, ranged=start > at)
        if inherited is not None:
            return inherited
        first = self._date(start)
        if first is None:
            return None
        one, behind = first
        decade = self._decade(one, behind)
        if decade is not None:
            return decade
        links = {*_LINKS, "and"} if start > at else {*_LINKS, "/"} - {"/" if self._spaced(behind) else ""}
        if self._word(behind) in links and (second := self._date(behind + 1)) is not None:
            short = self._word(behind) == "/" and (one.month is None) != (second[0].month is None)
            if not short:
                return (one, second[0]), second[1]
        if self._word(behind) in ("-", "/", "–") and one.month is None and (year := self._year_end(one, behind + 1)):
            return (one, Written(year)), behind + 2
        return (one, None), behind

    def _in_our_calendar(self, found: Found, at: int, behind: int) -> list[Found]:
        """What a date of another calendar may be in ours, by each calendar that the words around it may mean."""
        one, other = found
        words = [self._word(place) for place in range(at - _CALENDAR_WORDS, behind + _CALENDAR_WORDS + 1)]
        last = other or one
        read: list[Found] = []
        for calendar in calendars_of(words) if one.foreign else ():
            start = in_our_days(calendar, one.year, one.month, one.day)
            end = in_our_days(calendar, last.year, last.month, last.day)
            if start is None or end is None or not _OLDEST <= start[0].year <= end[1].year <= 2000 + _PIVOT:
                continue
            months = one.month is not None and last.month is not None
            days = one.day is not None and last.day is not None
            read.append(
                (
                    Written(start[0].year, start[0].month if months else None, start[0].day if days else None),
                    Written(end[1].year, end[1].month if months else None, end[1].day if days else None),
                )
            )
        return read

    def _year_end(self, one: Written, at: int) -> int | None:
        """The last year of ``1962-63``."""
        word = self._word(at)
        if len(word) == 2 and word.isdigit() and self._word(at - 1) and not self._spaced(at - 1):
            year = one.year - one.year % 100 + int(word)
            return year if year > one.year else None
        return None

    def _decade(self, one: Written, behind: int) -> tuple[Found, int] | None:
        if one.month is not None or one.year % _DECADE:
            return None
        after = behind + 1 if self._word(behind) in ("'", "’") else behind
        if self._word(after) != "s" or (after == behind and self._spaced(behind)):
            return None
        return (replace(one), Written(one.year + _DECADE - 1)), after + 1

    def _inheriting(self, at: int, *, ranged: bool) -> tuple[Found, int] | None:
        """``Aug. and Sep 1977`` and ``1 or 2 May 1960``: what stands first takes its year from what stands behind."""
        first = self._word(at)
        month = month_of(first) if not first.isdigit() else None
        day = int(first) if first.isdigit() and len(first) <= 2 else None
        if month is None and day is None:
            return None
        link = at + 1 + (self._word(at + 1) == "." and month is not None)
        word = self._word(link)
        if word not in (_LINKS | {"/"} | ({"and"} if ranged else {"or", "and"})):
            return None
        second = self._date(link + 1)
        if second is None or second[0].month is None:
            return None
        whole = second[0]
        if month is not None and (whole.day is None or not ranged):
            one = replace(whole, month=month, day=None)
            return ((one, whole) if whole.day is None else (one, None)), (second[1] if whole.day is None else link + 1)
        if day is not None and whole.day is not None and month_of(self._word(link + 2)) is not None:
            one = replace(whole, day=day)
            if ranged or word in _LINKS:
                return (one, whole), second[1]
            return (one, None), link + 1
        return None

    def _date(self, at: int) -> tuple[Written, int] | None:
        """One date that begins here, about or exactly, and the place behind it."""
        start, about = at, False
        while start - at < _MOST_ABOUT and (self._word(start) in _ABOUT or (about and self._word(start) in _FILLING)):
            about, start = True, start + 1
        for pattern in (self._iso, self._numbers, self._day_first, self._month_first, self._year_first, self._year):
            if (read := pattern(start)) is not None:
                found, behind = read
                return (replace(found, month=None, day=None) if about else found), behind
        return None

    def _iso(self, at: int) -> tuple[Written, int] | None:
        joint = self._word(at + 1)
        year, month = self._gregorian(at), self._small(at + 2)
        if year is None or month is None or joint not in _JOINTS or self._spaced(at + 1):
            return None
        day = self._small(at + 4)
        if day is not None and self._word(at + 3) == joint:
            return Written(year, month, day), at + 5
        # 1962-63 is two years.
        return (Written(year, month), at + 3) if month <= 12 and len(self._word(at + 2)) == 2 else None

    def _numbers(self, at: int) -> tuple[Written, int] | None:
        """Day, month and year, or month and year, with slashes, dots or dashes; letters stand for what is not known."""
        one, joint = self._small(at, "dd", "xx"), self._word(at + 1)
        two = self._small(at + 2, "mm", "xx")
        if two is not None and one is not None and joint in _JOINTS and self._word(at + 3) == joint:
            year, foreign = self._any_year(at + 4, short=joint != "-")
            if year is not None:
                day, month = (two, one) if two > 12 >= one > 0 else (one, two)
                return Written(year, month or None, day or None, foreign), at + 5
        one = self._small(at, "mm", "xx")
        if one is not None and joint in _JOINTS and (year := self._gregorian(at + 2)) is not None:
            return Written(year, one or None), at + 3
        return None

    def _day_first(self, at: int) -> tuple[Written, int] | None:
        day = self._small(at)
        if day is None:
            return None
        behind = self._over_marks(at + 1 + (self._word(at + 1) in _ORDINALS))
        month = month_of(self._word(behind), misspelt=True)
        if month is None:
            return None
        behind += 1
        dashed = self._word(behind) in ("-", "/")
        behind = self._over_marks(behind)
        year, foreign = self._any_year(behind, short=dashed)
        return (Written(year, month, day or None, foreign), behind + 1) if year is not None else None

    def _month_first(self, at: int) -> tuple[Written, int] | None:
        if self._word(at).isdigit() or not self._word(at):
            return None
        sure = self._small(at + 1) is not None and self._gregorian(at + 3) is not None
        month = month_of(self._word(at), misspelt=sure)
        if month is None:
            return None
        dashed = self._word(at + 1) == "-" and not self._spaced(at + 1)
        behind = self._over_marks(at + 1)
        day = self._small(behind)
        if day is not None:
            after = self._over_marks(behind + 1 + (self._word(behind + 1) in _ORDINALS))
            if (year := self._gregorian(after)) is not None and month_of(self._word(after - 1)) is None:
                return Written(year, month, day), after + 1
        year, foreign = self._any_year(behind, short=dashed)
        return (Written(year, month, None, foreign), behind + 1) if year is not None else None

    def _year_first(self, at: int) -> tuple[Written, int] | None:
        """``1965, 29 March`` and ``1965 March 29``, unless a year follows that the day belongs to."""
        year = self._gregorian(at)
        if year is None:
            return None
        behind = self._over_marks(at + 1)
        for day_at, month_at in ((behind, behind + 1), (behind + 1, behind)):
            day, month = self._small(day_at), month_of(self._word(month_at))
            if day is None or month is None:
                continue
            after = max(day_at, month_at) + 1
            if self._any_year(self._over_marks(after), short=False)[0] is None:
                return Written(year, month, day), after
        return None

    def _year(self, at: int) -> tuple[Written, int] | None:
        year, foreign = self._any_year(at, short=False)
        if year is None or (at and self._word(at - 1).isalpha() and not self._spaced(at)):
            return None
        return Written(year, foreign=foreign), at + 1

    def _over_marks(self, at: int) -> int:
        behind = at
        while behind - at < _MOST_MARKS and self._word(behind) in {".", ",", "-", "/", "of", "–"}:
            behind += 1
        return behind

    def _any_year(self, at: int, *, short: bool) -> tuple[int | None, bool]:
        """A year, and whether it is of another calendar."""
        year = self._gregorian(at)
        if year is not None:
            return year, False
        word = self._word(at)
        if short and len(word) == 2 and word.isdigit():
            return (2000 if int(word) <= _PIVOT else 1900) + int(word), False
        if len(word) == 4 and word.isdigit() and _OTHER_FIRST <= int(word) <= _OTHER_LAST:
            return int(word), True
        return None, False

    def _gregorian(self, at: int) -> int | None:
        word = self._word(at)
        if len(word) != 4 or not word.isdigit():
            return None
        return int(word) if _FIRST_YEAR <= int(word) <= _LAST_YEAR else None

    def _small(self, at: int, *placeholders: str) -> int | None:
        """A number of one or two digits; 0 for letters that stand for one."""
        word = self._word(at)
        if word in placeholders:
            return 0
        return int(word) if len(word) <= 2 and word.isdigit() and int(word) <= 31 else None

    def _is_label(self, at: int) -> bool:
        """Whether a number counts the dates, as in ``1) 1965 2) 1966``."""
        return self._word(at + 1) == ")" and not self._spaced(at + 1) and len(self._word(at)) <= 2

    def _is_code(self, at: int) -> bool:
        """Whether a number goes on a word, as in ``S335026``."""
        return self._word(at - 1).isalpha() and not self._spaced(at)

    def _word(self, at: int) -> str:
        return self._tokens[at][0] if 0 <= at < len(self._tokens) else ""

    def _spaced(self, at: int) -> bool:
        """Whether there is a blank before this word."""
        return 0 < at < len(self._tokens) and self._tokens[at][1] > self._ends[at - 1]
