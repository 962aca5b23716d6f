"""The EU's Financial Sanctions Files, form 1.1, as XML: root ``export``, one ``sanctionEntity`` at a time.

All values stand in attributes; see https://webgate.ec.europa.eu/fsd/fsf. The id is ``logicalId``, which every entity
has and which stays when the reference (``EU.27.28``) is given or changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.eu import facts as eu_facts
from watchlist.lists.reading.dates import iso_date, point_in_time
from watchlist.lists.reading.draft import UN_REFERENCE, Draft, clean
from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source, digest
from watchlist.lists.reading.xml import Element, attribute, child_text, child_texts, elements, root_of
from watchlist.model import Entity

FORM = "eu_xml"

_ENTITY = "sanctionEntity"


def read(source: Source, part: Part) -> ParsedList:
    """Read the head of the file; raises ListParseError when it does not say when it was made."""
    sha256 = digest((part,))
    stated = root_of(part).attributes.get("generationDate", "")
    published = point_in_time(stated)
    if published is None:
        raise part.broken(f"expected a generationDate such as 2025-11-21T17:00:34+01:00, found {stated!r}")
    return ParsedList(
        list_id=source.list_id,
        form=FORM,
        sha256=sha256,
        open_entities=lambda: _entities(part),
        # The day as the Commission writes it, in Brussels' time.
        version=iso_date(stated),
        published_at=published,
    )


def _entities(part: Part) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for element in elements(part, _ENTITY):
        source_id, line = attribute(element, "logicalId"), element.sourceline or 0
        if not (source_id and source_id.isascii() and source_id.isdigit()):
            raise part.broken(f"expected a number as logicalId, found {source_id!r}", line)
        if source_id in seen:
            raise part.broken(f"logicalId {source_id} stands on line {seen[source_id]} already", line)
        seen[source_id] = line
        yield _entity(part, element, source_id)


def _entity(part: Part, entry: Element, source_id: str) -> Entity:
    codes = [attribute(child, "code") or "" for child in entry.iterchildren("{*}subjectType")]
    schema = eu_facts.SCHEMAS.get(codes[0].lower()) if codes else None
    if schema is None:
        raise part.broken(f"expected person or enterprise as subjectType, found {codes}", entry.sourceline)
    draft = Draft(part, source_id, schema, entry.sourceline)
    draft.reference = attribute(entry, "euReferenceNumber")
    draft.identifier("other", attribute(entry, "unitedNationId"), UN_REFERENCE)
    _regulations(draft, entry)
    for child in entry.iterchildren("{*}nameAlias"):
        eu_facts.name(draft, _values(child), child_text(child, "remark") or "")
    for child in entry.iterchildren("{*}citizenship"):
        eu_facts.citizenship(draft, _values(child))
    for child in entry.iterchildren("{*}birthdate"):
        eu_facts.birth(draft, _values(child))
    for child in entry.iterchildren("{*}identification"):
        eu_facts.identification(draft, _values(child))
    for child in entry.iterchildren("{*}address"):
        eu_facts.address(draft, _values(child), "; ".join(child_texts(child, "remark")))
        for info in child.iterchildren("{*}contactInfo"):
            eu_facts.contact(draft, attribute(info, "key") or "", attribute(info, "value") or "")
    draft.remarks += [attribute(entry, "designationDetails") or "", *child_texts(entry, "remark")]
    return draft.entity()


def _regulations(draft: Draft, entry: Element) -> None:
    """Programs, day of listing, and the legal act. The acts may be amendments, so the earliest counts."""
    acts = list(entry.iterchildren("{*}regulation"))
    draft.programs += [programme for act in acts if (programme := attribute(act, "programme"))]
    published = sorted(day for act in acts if (day := iso_date(attribute(act, "publicationDate"))))
    draft.listed_on = iso_date(attribute(entry, "designationDate")) or next(iter(published), None)
    draft.url = next((url for act in acts if (url := child_text(act, "publicationUrl"))), None)


def _values(element: Element) -> dict[str, str]:
    return {name.lower().removeprefix("identification"): clean(value) for name, value in element.attrib.items()}
