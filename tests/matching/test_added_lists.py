"""More lists never take an alert away: random lists with untidy names, split into several, some entries grouped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from watchlist.config import MatchingConfig
from watchlist.matching.engine import Engine
from watchlist.matching.index.compile import compile_index
from watchlist.model import Article, Band, Entity, Mention, Name, NameKind, Schema

#: Few of each, so that names collide: cousins, namesakes, one name within another.
FAMILIES = ("Marrovsky", "AL-KHADRAWI", "Dolniakov", "Ozturan", "Ben Yarim", "KIM", "Hassan")
GIVENS = ("Ilya", "Anna", "Muhammad", "Yusuf", "Ali", "Jong Su", "Farid")
MIDDLES = ("", "Petrovich", "Hassan", "Ilya", "b.")
CORES = ("Kaveron", "Tirazh", "Grey Gull", "Zulqarnay", "NORTHERN VEKTOR", "Horizon", "Presevia")
TAILS = ("", "Shipping Lines", "Bank", "Brigade", "Liberation Army", "Trading", "General Command")
FORMS = ("", "LLC", "JSC", "CO., LTD.")
LISTS = ("one", "two", "three")
SENTENCES = (
    "Officials in Moscow and Tehran met {} on Monday, a report of the ministry said.",
    "The militant group of {} claimed the attack in Syria.",
    "{} was sanctioned by the United States for terrorism.",
    "Payments to {} were traced by the bank.",
    "The tanker of {} left the port of Iran.",
)


@st.composite
def persons(draw: st.DrawFn) -> tuple[Schema, str, str]:
    family, given, middle = (draw(st.sampled_from(each)) for each in (FAMILIES, GIVENS, MIDDLES))
    text = draw(st.sampled_from(("{f}, {g} {m}", "{g} {m} {f}", "{g}  {f}"))).format(f=family, g=given, m=middle)
    return Schema.PERSON, text.strip(), f"{given} {family.title()}"


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Schema, str, str]:
    core, tail, form = (draw(st.sampled_from(each)) for each in (CORES, TAILS, FORMS))
    schema = draw(st.sampled_from((Schema.LEGAL_ENTITY, Schema.ORGANIZATION, Schema.VESSEL)))
    press = f"{core.title()} {tail}".strip()
    return schema, " ".join(f"{core} {tail} {form}".split()), press


@dataclass(frozen=True)
class Listed:
    """An entity, how the press calls it, and the group it is in."""

    entity: Entity
    press: str
    group: str | None


@st.composite
def lists(draw: st.DrawFn) -> list[Listed]:
    found = []
    for number in range(draw(st.integers(2, 7))):
        schema, text, press = draw(st.one_of(persons(), bodies()))
        names = [Name(text)]
        for other in draw(st.lists(bodies() if schema is not Schema.PERSON else persons(), max_size=1)):
            names.append(Name(other[1], NameKind.ALIAS, weak=draw(st.booleans())))
        entity = Entity(
            draw(st.sampled_from(LISTS)),
            str(number),
            schema,
            tuple(names),
            countries=draw(st.sampled_from(((), ("ru",), ("ir", "sy")))),
            programs=draw(st.sampled_from(((), ("SDGT",), ("IRAN",), ("RUSSIA-EO14024",)))),
        )
        group = f"group {number}" if draw(st.booleans()) else None
        found.append(Listed(entity, press, group))
        if group is not None:
            # The same on another list, under a name that may be spelled otherwise.
            listed_on = draw(st.sampled_from([each for each in LISTS if each != entity.list_id]))
            alike = draw(st.sampled_from((text, press.upper(), press.replace("a", "e", 1))))
            twin = replace(entity, list_id=listed_on, names=(Name(alike),), programs=(), countries=("sy",))
            found.append(Listed(twin, press, group if draw(st.booleans()) else None))
    return found


@st.composite
def articles(draw: st.DrawFn, named: list[Listed]) -> Article:
    sentences = [
        draw(st.sampled_from(SENTENCES)).format(draw(st.sampled_from(named)).press)
        for _ in range(draw(st.integers(1, 4)))
    ]
    return Article("a", draw(st.sampled_from(("", sentences[0]))), " ".join(sentences))


@st.composite
def trials(draw: st.DrawFn) -> tuple[list[Listed], Article]:
    listed = draw(lists())
    return listed, draw(articles(listed))


def screened(listed: list[Listed], article: Article) -> tuple[Mention, ...]:
    groups: Mapping[str, str] = {each.entity.id: each.group for each in listed if each.group is not None}
    return Engine(compile_index([each.entity for each in listed], {}, groups), MatchingConfig()).screen(article)


def alerts(mentions: tuple[Mention, ...]) -> set[str]:
    """The entities with an alert."""
    return {entity_id for mention in mentions if mention.band is Band.ALERT for entity_id in mention.listings}


@settings(max_examples=examples(30), deadline=None)
@given(trials())
def test_what_a_list_alone_alerts_is_alerted_with_the_others_on(trial: tuple[list[Listed], Article]) -> None:
    listed, article = trial
    together = screened(listed, article)
    for list_id in LISTS:
        alone = alerts(screened([each for each in listed if each.entity.list_id == list_id], article))
        for entity_id in alone:
            assert entity_id in alerts(together), (
                entity_id,
                [(each.entity.id, [n.text for n in each.entity.names], each.group) for each in listed],
                article.title,
                article.text,
                [(m.listings, m.surface, m.score, m.band.value) for m in together],
            )
