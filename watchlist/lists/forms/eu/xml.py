"""The EU's Financial Sanctions Files, form 1.1, as XML: root ``export``, one ``sanctionEntity`` at a time.

All values stand in attributes; see https://webgate.ec.europa.eu/fsd/fsf. The id is ``logicalId``, which every entity
has and which stays when the reference (``EU.27.28``) is given or changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from watchlist.lists.forms.eu import facts
from watchlist.lists.forms.form import Form
from watchlist.lists.forms.heads import XmlRoot
from watchlist.lists.reading.dated import in_root
from watchlist.lists.reading.draft import UN_REFERENCE, Draft, clean
from watchlist.lists.reading.entries import Key, entries
from watchlist.lists.reading.files import ListFile
from watchlist.lists.reading.xml import Element, attribute, child_text, child_texts
from watchlist.lists.words.dates import iso_date
from watchlist.model import Entity

_KEY = Key("logicalId", attribute, numbered=True)


def _entities(file: ListFile) -> Iterator[Entity]:
    for source_id, entry in entries(file, ("sanctionEntity",), _KEY):
        yield _entity(file, entry, source_id)


def _entity(file: ListFile, entry: Element, source_id: str) -> Entity:
    codes = [attribute(child, "code") or "" for child in entry.iterchildren("{*}subjectType")]
    draft = Draft.of_kind(file, source_id, next(iter(codes), None), facts.SCHEMAS, entry.sourceline)
    draft.reference = attribute(entry, "euReferenceNumber")
    draft.identifier("other", attribute(entry, "unitedNationId"), UN_REFERENCE)
    _regulations(draft, entry)
    for child in entry.iterchildren("{*}nameAlias"):
        facts.name(draft, _values(child), child_text(child, "remark") or "")
    for child in entry.iterchildren("{*}citizenship"):
        facts.citizenship(draft, _values(child))
    for child in entry.iterchildren("{*}birthdate"):
        facts.birth(draft, _values(child))
    for child in entry.iterchildren("{*}identification"):
        facts.identification(draft, _values(child))
    for child in entry.iterchildren("{*}address"):
        facts.address(draft, _values(child), "; ".join(child_texts(child, "remark")))
        for info in child.iterchildren("{*}contactInfo"):
            facts.contact(draft, attribute(info, "key") or "", attribute(info, "value") or "")
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


FORM = Form(
    id="eu_xml",
    label="the EU's FSF 1.1 XML",
    head=XmlRoot("export"),
    entities=_entities,
    lists=("eu_fsf",),
    stated=in_root("generationDate", "2025-11-21T17:00:34+01:00"),
    rank=30,
)
