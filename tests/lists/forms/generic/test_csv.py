from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlist.errors import ListParseError
from watchlist.lists.forms.generic.cells import IDENTIFIER_KINDS
from watchlist.lists.forms.generic.csv import read_generic_csv
from watchlist.lists.forms.generic.write import write_generic_csv
from watchlist.lists.words.person import split_person
from watchlist.model import Entity, Identifier, Name, NameKind, Schema


def read(text: str | bytes, list_id: str = "mine") -> list[Entity]:
    return list(read_generic_csv(list_id, io.BytesIO(text.encode() if isinstance(text, str) else text)))


def write(entities: list[Entity]) -> str:
    stream = io.StringIO(newline="")
    assert write_generic_csv(entities, stream) == len(entities)
    return stream.getvalue()


def test_every_column_is_read(generic: str) -> None:
    company, person = read(generic)
    assert company == Entity(
        "mine",
        "1",
        Schema.COMPANY,
        (
            Name("Grey Harbour Shipping"),
            Name("Grey Harbor Lines", NameKind.ALIAS),
            Name("GHS", NameKind.ALIAS, weak=True),
            Name("Harbour Line", NameKind.PREVIOUS),
        ),
        countries=("ir",),
        identifiers=(Identifier("registration", "26740", "ir"),),
        programs=("IRAN", "NPWMD"),
    )
    assert person.names == (
        Name("MARROW, Ilya Petrovich", family="MARROW", given="Ilya Petrovich"),
        Name("МАРРОУ", NameKind.ALIAS, lang="ru"),
    )
    assert person.countries == ("ru", "kp")
    assert person.birth_dates == ("1955-01-15", "1956/1958")


def test_id_and_name_are_enough_and_columns_may_come_in_any_order() -> None:
    assert read("\ufeffName,ID\r\n Quay Lines ,7\r\n\r\n") == [
        Entity("mine", "7", Schema.LEGAL_ENTITY, (Name("Quay Lines"),))
    ]


def test_a_known_list_gets_the_authoritys_page() -> None:
    assert read("id,name\n7,A\n", "us_ofac_sdn")[0].url == "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=7"


def test_the_last_line_may_lack_its_end_but_not_in_an_extract_of_an_official_list() -> None:
    assert len(read("id,name\n1,A\n2,QUAY LI")) == 2
    with pytest.raises(ListParseError, match="line 3: the last line has no end"):
        read("id,name\n1,A\n2,QUAY LI", "us_ofac_sdn")


_PLAIN_TABLE = (
    "id,Name,aliases,remarks\n"
    '7,"GULL, Ilya","Gull; Ilya Petrovich;Чайка","moored; for now"\n'
    "\n"
    '8,Quay & Lines,,"two\nlines, and a ""quote"""\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_however_a_spreadsheet_saved_it(mark: str, said: bool, encoding: str) -> None:
    table = io.StringIO(newline="")
    csv.writer(table, delimiter=mark).writerows(csv.reader(io.StringIO(_PLAIN_TABLE, newline="")))
    text = (f"sep={mark}\r\n" if said else "") + table.getvalue()
    saved = (codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b"") + text.encode(encoding)
    assert read(saved) == read(_PLAIN_TABLE)


def test_colons_and_semicolons_inside_names_survive() -> None:
    (entity,) = read('id,name,aliases\n7,"A; B","GULL : PORT BRANCH;weak : X;alias:weak:Y;C\\; D;E\\\\F"\n')
    assert [(name.text, name.kind) for name in entity.names] == [
        ("A; B", NameKind.PRIMARY),
        ("GULL : PORT BRANCH", NameKind.ALIAS),
        ("weak : X", NameKind.ALIAS),
        ("weak:Y", NameKind.ALIAS),
        ("C; D", NameKind.ALIAS),
        ("E\\F", NameKind.ALIAS),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", None, "the file is empty"),
        ("id,schema\n1,Person\n", 1, "the header has no column name"),
        ("1,A\n", 1, "the header has no column id and no column name"),
        ("id,name,colour\n1,A,red\n", 1, "unknown column 'colour';"),
        ("id,name,country,red\n1,A,ir,x\n", 1, "unknown columns 'country' (countries?), 'red'; known are"),
        ("id,name,name\n1,A,B\n", 1, "a column twice"),
        ("id,name\n1,A\n2\n", 3, "expected 2 cells as in the header, found 1"),
        ("id,name\n1,A\n\n2,B\n1,C\n", 5, "id '1' stands on line 2 already"),
        ("id,name\n1,\n", 2, "the name is empty"),
        ("id,name\n,A\n", 2, "the id is empty"),
        ("id,name\n1,A\n2, - \n", 3, "'-' is no name: it has neither letters nor digits"),
        ("id,name\n2,???\n", 2, "'???' is no name"),
        ("sep=;\nid;name\n1;A\n2\n", 4, "expected 2 cells as in the header, found 1"),
        ("id,name\n1,A\n2,Ö\n".encode("utf-16")[:-1], 3, "save it as UTF-8"),
        ("id,name,schema\n1,A,Ship\n", 2, "unknown schema 'Ship'; known are Person"),
        ("id,name,identifiers\n1,A,9074729\n", 2, "expected an identifier as kind:value, found '9074729'"),
        ("id,name,identifiers\n1,A,IM0:9074729\n", 2, "unknown kind of identifier 'IM0'"),
        ("id,name,birth_dates\n1,A,1.2.1970\n", 2, "expected a birth date as 1967, 1967-10 or"),
        ("id,name,birth_dates\n1,A,1970-02-30\n", 2, "found '1970-02-30'"),
        ("id,name,aliases\n1,A,weak:\n", 2, "has no name behind its kind"),
        ("id,name,listed_on\n1,A,soon\n", 2, "expected a day of listing as 1967"),
        ("id,name,name_parts\n1,A,Petrovich\n", 2, "expected a part of a name as 1/given:TEXT"),
        ("id,name,name_parts\n1,A,2/given:Ilya\n", 2, "is a part of name 2, but there are 1"),
        ("id,name,name_parts\n1,A,1/script:Runes\n", 2, "expected a script such as Cyrl or Arab, found 'Runes'"),
        ('id,name\n1,"A\n', 2, "is no valid CSV"),
        (b"id,name\n1,A\n2,\xc4\n", 3, "expected UTF-8 text, found byte 0xc4"),
        ("id,name\n1,A\0B\n", 2, "found a NUL byte"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(text: str | bytes, line: int | None, message: str) -> None:
    with pytest.raises(ListParseError) as caught:
        read(text)
    assert message in str(caught.value)
    assert caught.value.line == line


_words = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20).map(str.strip).filter(bool)
)
_tricky = st.sampled_from(["weak:X", "alias@ru:Y", "A;B", "A\\", "\\;", "a:b", '"', "A,B", "x\ny", "previous::"])
_texts = st.one_of(_words, _tricky)


_PLAIN = ("birth_places", "designations", "addresses", "linked_to")


@st.composite
def _names(draw: st.DrawFn, schema: Schema, kind: NameKind, lang: str | None) -> Name:
    text = draw(_texts if kind is not NameKind.PRIMARY else _texts.filter(lambda text: any(map(str.isalnum, text))))
    split = split_person(text) if schema is Schema.PERSON else (None, None)
    family, given_name = draw(st.one_of(st.just(split), st.tuples(st.none(), st.none()), st.tuples(_texts, _texts)))
    script = draw(st.sampled_from([None, "Cyrl", "Arab"]))
    parts = tuple(draw(st.lists(st.tuples(st.one_of(st.just("patronymic"), _texts), _texts), max_size=2)))
    return Name(text, kind, lang, given_name, family, script=script, parts=parts)


@st.composite
def _entities(draw: st.DrawFn) -> Entity:
    schema = draw(st.sampled_from(Schema))
    alias = st.tuples(
        st.sampled_from([kind for kind in NameKind if kind is not NameKind.PRIMARY]),
        st.sampled_from([None, "ru", "zh-Hant"]),
    ).flatmap(lambda pair: _names(schema, *pair))
    return Entity(
        "mine",
        draw(_texts),
        schema,
        (
            draw(_names(schema, NameKind.PRIMARY, draw(st.sampled_from([None, "fa"])))),
            *draw(st.lists(alias, max_size=4)),
        ),
        countries=tuple(draw(st.lists(st.sampled_from(["ru", "kp", "Region: Elsewhere; far"]), max_size=2))),
        birth_dates=tuple(draw(st.lists(st.sampled_from(["1955", "1955-01", "1955-01-15", "1955/1957"]), max_size=2))),
        identifiers=tuple(
            draw(
                st.lists(
                    st.builds(Identifier, st.sampled_from(IDENTIFIER_KINDS), _texts, st.one_of(st.none(), _texts)),
                    max_size=3,
                )
            )
        ),
        **{column: tuple(draw(st.lists(_texts, max_size=3))) for column in ("programs", *_PLAIN)},
        **{field: draw(st.one_of(st.none(), _texts)) for field in ("reference", "remarks", "url")},
        listed_on=draw(st.sampled_from([None, "2012", "2012-03-24"])),
    )


def test_parts_of_names_have_a_cell() -> None:
    parts = "1/given:Ilya;1/family:MARROW;1/part.patronymic:Petrovich;1/lang:ru;2/part.maiden:LAKE"
    (entity,) = read(
        f"id,schema,name,aliases,name_parts\n7,Person,MARROW Ilya Petrovich,alias@sr-Cyrl:Marrov,{parts}\n"
    )
    first, second = entity.names
    assert (first.given, first.family, first.lang, first.script) == ("Ilya", "MARROW", "ru", "Latn")
    assert (first.parts, second.parts) == ((("patronymic", "Petrovich"),), (("maiden", "LAKE"),))
    assert (second.lang, second.script) == ("sr", "Cyrl")


@given(st.lists(_entities(), max_size=4, unique_by=lambda entity: entity.source_id))
def test_what_is_written_is_read_back_unchanged(entities: list[Entity]) -> None:
    assert read(write(entities)) == entities
