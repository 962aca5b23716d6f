"""The forms a list file may have, as one plain literal; the reader of a form is imported when it is first met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from watchlist.lists.reading.parsed import ParsedList
from watchlist.lists.reading.source import Part, Source


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is called, which lists are published in it, and who reads it."""

    id: str
    #: What messages call it.
    label: str
    #: The module with ``read(source, part)``.
    module: str
    #: The lists whose authority publishes it; empty for a form that any list may have.
    lists: tuple[str, ...] = ()
    #: The local name of the root element, for XML.
    root: str | None = None

    def read(self, source: Source, part: Part) -> ParsedList:
        """Read the head of ``part``; raises ListParseError when it is not what it seemed to be."""
        reader = cast("Callable[[Source, Part], ParsedList]", import_module(self.module).read)
        return reader(source, part)


_OFAC = ("us_ofac_sdn", "us_ofac_cons")
_EU = ("eu_fsf",)
_UK = ("gb_fcdo_sanctions",)

FORMS: dict[str, Form] = {
    form.id: form
    for form in (
        Form("ofac_csv", "OFAC's CSV set", "watchlist.lists.forms.ofac.csv", _OFAC),
        Form("ofac_xml", "SDN.XML or CONSOLIDATED.XML", "watchlist.lists.forms.ofac.xml", _OFAC, root="sdnList"),
        Form(
            "ofac_advanced",
            "SDN_ADVANCED.XML or CONS_ADVANCED.XML",
            "watchlist.lists.forms.ofac.advanced",
            _OFAC,
            root="Sanctions",
        ),
        Form(
            "un_xml",
            "the UN's consolidated XML",
            "watchlist.lists.forms.un.xml",
            ("un_sc_sanctions",),
            root="CONSOLIDATED_LIST",
        ),
        Form("eu_xml", "the EU's FSF 1.1 XML", "watchlist.lists.forms.eu.xml", _EU, root="export"),
        Form("eu_csv", "the EU's FSF 1.1 CSV", "watchlist.lists.forms.eu.csv", _EU),
        Form("uk_csv", "the UK Sanctions List's CSV", "watchlist.lists.forms.uk.csv", _UK),
        Form("uk_xml", "the UK Sanctions List's XML", "watchlist.lists.forms.uk.xml", _UK, root="Designations"),
        Form("uk_conlist", "OFSI's ConList.csv", "watchlist.lists.forms.uk.conlist", ("gb_hmt_sanctions", *_UK)),
        Form(
            "seco_xml",
            "SECO's XML",
            "watchlist.lists.forms.ch.xml",
            ("ch_seco_sanctions",),
            root="swiss-sanctions-list",
        ),
        Form("sema_xml", "Canada's XML", "watchlist.lists.forms.ca.xml", ("ca_dfatd_sema_sanctions",), root="data-set"),
        Form("dfat_xlsx", "DFAT's xlsx", "watchlist.lists.forms.au.xlsx", ("au_dfat_sanctions",), root="workbook"),
        Form("opensanctions_csv", "OpenSanctions' targets.simple.csv", "watchlist.lists.forms.opensanctions.targets"),
        Form("ftm_json", "FollowTheMoney JSON lines", "watchlist.lists.forms.opensanctions.ftm"),
        Form("generic_jsonl", "JSON lines with id and name", "watchlist.lists.forms.generic.jsonl"),
        Form("generic_csv", "the generic CSV form with a header id,schema,name,…", "watchlist.lists.forms.generic.csv"),
    )
}


def expected(list_id: str) -> str:
    """What a file of this list may be, in words."""
    own = [form for form in FORMS.values() if list_id in form.lists]
    generic = [form for form in FORMS.values() if not form.lists]
    labels = [form.label for form in (own or [form for form in FORMS.values() if form.lists]) + generic]
    return f"expected {', '.join(labels[:-1])}, or {labels[-1]}"
