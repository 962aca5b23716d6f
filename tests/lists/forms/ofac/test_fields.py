from __future__ import annotations

import pytest

from watchlist.lists.forms.ofac.fields import to_identifier
from watchlist.lists.forms.ofac.remarks import split_remarks
from watchlist.lists.words.countries import known_country, to_country
from watchlist.lists.words.days.date_cells import DateCell, read_dates
from watchlist.lists.words.person import split_person
from watchlist.model import Identifier, Schema


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15 Jan 1955", "1955-01-15"),
        ("5 September 1955", "1955-09-05"),
        ("Jan 1955", "1955-01"),
        ("1955", "1955"),
        ("circa 1955", "1955"),
        ("circa 03 May 1955", "1955"),
        ("1951 to 1953", "1951/1953"),
        ("01 Jan 1960 to 31 Dec 1964", "1960-01-01/1964-12-31"),
        ("Apr 1960 to May 1960", "1960-04/1960-05"),
        ("circa 1979-1982", "1979/1982"),
    ],
)
def test_birth_dates_become_iso(text: str, iso: str) -> None:
    assert read_dates(text) == DateCell((iso,))


@pytest.mark.parametrize(
    ("phrase", "schema", "expected"),
    [
        ("Passport A 123 (Iran) issued 02 Jul 2018 expires 01 Jan 2020", Schema.PERSON, ("passport", "A 123", "ir")),
        ("alt. Passport 9 (Korea, North)", Schema.PERSON, ("passport", "9", "kp")),
        ("Tax ID No. 7707083893 (Russia)", Schema.LEGAL_ENTITY, ("tax_id", "7707083893", "ru")),
        ("National ID No. 216040 (Yemen)", Schema.PERSON, ("national_id", "216040", "ye")),
        ("Identification Number IMO 5342883", Schema.LEGAL_ENTITY, ("imo", "5342883", "company")),
        ("Vessel Registration Identification IMO 7406784", Schema.VESSEL, ("imo", "7406784", None)),
        ("Legal Entity Number 12345 (Russia)", Schema.LEGAL_ENTITY, ("registration", "12345", "ru")),
        ("alt. Digital Currency Address - USDT TXyz", Schema.PERSON, ("crypto", "TXyz", "USDT")),
        ("Phone Number (44) 20", Schema.PERSON, ("phone", "(44) 20", None)),
        ("Email Address a@b.example", Schema.PERSON, ("email", "a@b.example", None)),
        ("D-U-N-S Number 52-024-2307", Schema.LEGAL_ENTITY, ("other", "52-024-2307", "D-U-N-S Number")),
        ("British National Overseas Passport 7502 (United Kingdom)", Schema.PERSON, ("passport", "7502", "gb")),
        ("Stateless Person ID Card CC002 (Moldova) issued 09 Sep 2000", Schema.PERSON, ("national_id", "CC002", "md")),
        ("Romanian Tax Registration 1463 (Romania)", Schema.LEGAL_ENTITY, ("tax_id", "1463", "ro")),
        ("Tourism License No. 585 (Syria)", Schema.LEGAL_ENTITY, ("registration", "585", "sy")),
        ("Military Registration Number 172", Schema.PERSON, ("other", "172", "Military Registration Number")),
        ("Driver's License No. 18 (Mexico)", Schema.PERSON, ("other", "18", "Driver's License No. (mx)")),
    ],
)
def test_identifiers_come_out_of_their_phrases(
    phrase: str, schema: Schema, expected: tuple[str, str, str | None]
) -> None:
    assert to_identifier(phrase, schema) == Identifier(*expected)


@pytest.mark.parametrize(
    "phrase", ["Gender Male", "Passport", "U.S.A. Passport issued 21 Jun 1992", "Organization Established Date 1969"]
)
def test_other_phrases_are_no_identifiers(phrase: str) -> None:
    assert to_identifier(phrase, Schema.PERSON) is None


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("DOB 1962; POB Lakeside.", ["DOB 1962", "POB Lakeside"]),
        ("Linked To: QUAY, S.A. DE C.V.", ["Linked To: QUAY, S.A. DE C.V."]),
        ("a.k.a. 'ABDEL' AZIZ'; a.k.a. ''IZ'.", ["a.k.a. 'ABDEL' AZIZ'", "a.k.a. ''IZ'"]),
        ("a.k.a. 'ONE; TWO'; f.k.a. 'THREE'.", ["a.k.a. 'ONE; TWO'", "f.k.a. 'THREE'"]),
        ("possibly Palestinian;arrested 2002.", ["possibly Palestinian", "arrested 2002"]),
        ("", []),
        (";;.", []),
    ],
)
def test_remarks_are_split_into_phrases(text: str, phrases: list[str]) -> None:
    assert split_remarks(text) == phrases


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("MARROW, Ilya Petrovich", ("MARROW", "Ilya Petrovich")),
        ("MARROW, JR., Ilya", ("MARROW", "Ilya")),
        ("DE LOS LAGOS, Ilya, Jr.", ("DE LOS LAGOS", "Ilya")),
        ("THE TIDE", (None, None)),
        ("MARROW,", (None, None)),
    ],
)
def test_a_persons_name_is_split_at_its_comma(text: str, parts: tuple[str | None, str | None]) -> None:
    assert split_person(text) == parts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Russia", "ru"),
        ("Korea, North", "kp"),
        ("Democratic People's Republic of Korea", "kp"),
        ("Congo, Democratic Republic of the", "cd"),
        ("Burma", "mm"),
        ("Cote d Ivoire", "ci"),
        ("  UNITED   KINGDOM ", "gb"),
        ("IR", "ir"),
        ("Region: Northern Mali", "Region: Northern Mali"),
        ("undetermined", "undetermined"),
    ],
)
def test_countries_become_codes_and_other_words_stay(text: str, code: str) -> None:
    assert to_country(text) == code


def test_unknown_countries_are_none() -> None:
    assert known_country("Atlantis") is None
