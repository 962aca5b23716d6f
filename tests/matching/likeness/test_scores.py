"""How much of a person's or a thing's name is there, by tables; the names are parsed as a list's are."""

from __future__ import annotations

import pytest

from watchlist.matching.index.name_parts import parse_name
from watchlist.matching.language.roles import NamePart, Role
from watchlist.matching.language.script.normalise import clean
from watchlist.matching.language.words import Word, meanings
from watchlist.matching.likeness.matched import PartMatch
from watchlist.matching.likeness.person import person_score, unlike_the_press
from watchlist.matching.likeness.thing import inversions, thing_score
from watchlist.model import Name, Schema


def found(listed: str, schema: Schema, written: str) -> tuple[list[PartMatch], list[NamePart]]:
    """The parts of a listed name that stand in the words, each as it is, and those that do not."""
    words = {clean(word): Word(at, at + 1, meanings("en")(word), " ") for at, word in enumerate(written.split())}
    parts = parse_name(Name(listed), schema)
    matches = [PartMatch(part, words[part.form], 1.0) for part in parts if part.form in words]
    return matches, [part for part in parts if part.form not in words]


def words(text: str) -> list[Word]:
    return [Word(0, len(word), meanings("en")(word), " ") for word in text.split()]


def person(listed: str, written: str, extra: str = "") -> float:
    return person_score(*found(listed, Schema.PERSON, written), words(extra))


def thing(listed: str, written: str, extra: str = "") -> float:
    matches, missing = found(listed, Schema.COMPANY, written)
    parts = parse_name(Name(listed), Schema.COMPANY)
    first = min((parts.index(match.part) for match in matches), default=len(parts))
    return thing_score(matches, [(part, parts.index(part) > first) for part in missing], words(extra))


@pytest.mark.parametrize(
    ("listed", "written", "least", "most"),
    [
        ("PESKOV, Dmitriy Sergeevich", "Dmitriy Sergeevich Peskov", 1.0, 1.0),
        ("PESKOV, Dmitriy Sergeevich", "Dmitriy Peskov", 0.95, 0.99),
        ("MADURO MOROS, Nicolas", "Nicolas Maduro", 0.95, 0.99),
        ("MADURO MOROS, Nicolas", "Maduro Moros", 0.8, 0.9),
        ("MADURO MOROS, Nicolas", "Nicolas Moros", 0.5, 0.6),
        ("PESKOV, Dmitriy Sergeevich", "Peskov", 0.5, 0.6),
        ("PESKOV, Dmitriy Sergeevich", "Dmitriy", 0.0, 0.3),
        ("KIM, Jong Un", "Kim Jong", 0.0, 0.35),
        ("KIM, Jong Un", "Kim Jong Un", 1.0, 1.0),
        ("Qasim Uthman Barakzoy", "Qasim Barakzoy", 0.85, 0.95),
        ("Qasim Uthman Barakzoy", "Barakzoy", 0.0, 0.35),
        ("PESKOV, Dmitriy", "Nobody", 0.0, 0.0),
    ],
)
def test_given_and_family_name_carry_a_persons_name(listed: str, written: str, least: float, most: float) -> None:
    assert least <= person(listed, written) <= most


@pytest.mark.parametrize(
    ("listed", "extra", "most", "least"),
    [
        ("ERMAKOVITSKY, Valery", "Nikolaevich", 0.99, 0.9),
        ("ERMAKOVITSKY, Valery", "N", 0.99, 0.9),
        ("ERMAKOVITSKY, Valery", "Anselm", 0.92, 0.8),
        ("ERMAKOVITSKY, Valery", "Press", 0.75, 0.6),
        ("ERMAKOVITSKY, Valery Nikolaevich", "Konstantinovich", 0.65, 0.4),
        ("ERMAKOVITSKY, Valery Nikolaevich", "K", 0.65, 0.4),
        ("ERMAKOVITSKY, Valery Nikolaevich", "N", 0.99, 0.9),
        ("ERMAKOVITSKY, Valery", "bin Omar", 0.5, 0.2),
    ],
)
def test_a_name_between_costs_the_more_the_more_it_contradicts(
    listed: str, extra: str, most: float, least: float
) -> None:
    assert least <= person(listed, "Valery Ermakovitsky", extra) <= most


def test_two_given_names_the_other_way_round_are_another_persons() -> None:
    parts = parse_name(Name("HASSAN, Ali"), Schema.PERSON)
    assert unlike_the_press(parts, {0: 1, 1: 0}) == 0.0
    assert unlike_the_press(parts, {0: 0, 1: 1}) > 0.0
    assert unlike_the_press(parse_name(Name("PESKOV, Dmitriy"), Schema.PERSON), {0: 0, 1: 1}) == 0.0


def test_of_a_name_of_unknown_order_the_first_is_not_dropped() -> None:
    parts = parse_name(Name("Qasim Uthman Barakzoy"), Schema.PERSON)
    assert unlike_the_press(parts, {1: 0, 2: 1}) > 0.1
    assert unlike_the_press(parts, {0: 0, 2: 1}) == 0.0
    assert unlike_the_press(parts, {0: 1, 1: 0, 2: 2}) > 0.1


@pytest.mark.parametrize(
    ("listed", "written", "least", "most"),
    [
        ("ROSNEFT OIL COMPANY LTD", "Rosneft Oil Company Ltd", 1.0, 1.0),
        ("ROSNEFT OIL COMPANY LTD", "Rosneft Oil Company", 0.95, 1.0),
        ("ROSNEFT OIL COMPANY LTD", "Rosneft", 0.8, 1.0),
        ("ROSNEFT OIL COMPANY LTD", "Oil Company", 0.0, 0.3),
        ("GOLDEN HORIZON TRADING", "Golden Trading", 0.0, 0.45),
        ("GOLDEN HORIZON 7", "Golden Horizon", 0.0, 0.5),
        ("ZUBROVKA KAVERON BANK", "Zubrovka Bank", 0.0, 0.7),
        ("ZUBROVKA KAVERON BANK", "Bank", 0.0, 0.0),
        ("ZUBROVKA LTD", "Ltd", 0.0, 0.0),
    ],
)
def test_a_things_name_needs_what_tells_it_from_others(listed: str, written: str, least: float, most: float) -> None:
    assert least <= thing(listed, written) <= most


def test_a_word_that_the_list_does_not_have_costs_more_amid_ordinary_ones() -> None:
    told = thing("ZUBROVKA BANK", "Zubrovka Bank") - thing("ZUBROVKA BANK", "Zubrovka Bank", "Kaveron")
    plain = thing("GOLDEN BANK", "Golden Bank") - thing("GOLDEN BANK", "Golden Bank", "Kaveron")
    assert 0 < told < plain


def test_words_out_of_order_are_counted() -> None:
    parts = parse_name(Name("ZUBROVKA KAVERON BANK 7"), Schema.COMPANY)
    assert inversions([(part.role, at) for at, part in enumerate(parts)]) == 0
    assert inversions([(part.role, -at) for at, part in enumerate(parts)]) == 1
    number_first = [(part.role, -1 if part.role is Role.NUMBER else at) for at, part in enumerate(parts)]
    assert inversions(number_first) == 0


@pytest.mark.parametrize(
    ("listed", "word", "likeness", "same"),
    [
        ("peskov", "Peskov", 1.0, True),
        ("dmitriy", "Dmitry", 0.99, True),
        ("zubrovka", "Zubrovko", 0.91, True),
        ("zubrovka", "Zubrovna", 0.8, False),
        ("horizon", "Horizons", 0.9, False),
        ("ozk", "Osk", 0.99, False),
    ],
)
def test_a_single_word_is_the_listed_one_or_a_known_or_long_variant_of_it(
    listed: str, word: str, likeness: float, same: bool
) -> None:
    part = parse_name(Name(listed), Schema.VESSEL)[0]
    assert PartMatch(part, words(word)[0], likeness).is_same_word() is same
