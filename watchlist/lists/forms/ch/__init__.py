"""Switzerland (SECO): a list whose targets refer to places and programs, and whose names come in ordered parts.

`xml` reads it with `names` and `references`; nothing here is of use to another authority.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="ch_seco_sanctions",
        title="Swiss sanctions list (SECO)",
        authority="Swiss State Secretariat for Economic Affairs (SECO)",
        homepage="https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html",
        files=(
            "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
        ),
        minimum_entities=3_000,
    ),
)
