"""The authorities whose lists are known by name, as one plain literal.

Addresses, forms and the authorities' own ids are theirs; the minimum counts are ours, set well below what each list has
held for years, so that a page with a few rows never passes for the list.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Authority:
    """One official list: who publishes it, where, and what tells a good copy."""

    #: The list's id, as OpenSanctions names it.
    id: str
    title: str
    #: Who publishes it.
    authority: str
    #: The page that explains the list to people.
    homepage: str
    #: What to download, in order; together these files are one state of the list.
    files: tuple[str, ...]
    #: A download with fewer entities is not this list. Not applied to files the user hands over.
    minimum_entities: int
    #: The authority's page on one entity, with ``{id}`` for its id.
    entity_page: str | None = None

    def entity_url(self, source_id: str) -> str | None:
        """The authority's page on one entity, None where it has none."""
        return self.entity_page.replace("{id}", source_id) if self.entity_page else None


_OFAC = "US Treasury, Office of Foreign Assets Control (OFAC)"
_OFAC_EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports"
_OPENSANCTIONS = "https://data.opensanctions.org/datasets/latest/sanctions"
_OFAC_ENTITY = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id={id}"

AUTHORITIES: dict[str, Authority] = {
    "us_ofac_sdn": Authority(
        id="us_ofac_sdn",
        title="OFAC Specially Designated Nationals (SDN)",
        authority=_OFAC,
        homepage="https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists",
        files=(f"{_OFAC_EXPORTS}/SDN.XML",),
        minimum_entities=10_000,
        entity_page=_OFAC_ENTITY,
    ),
    "us_ofac_cons": Authority(
        id="us_ofac_cons",
        title="OFAC Consolidated (non-SDN)",
        authority=_OFAC,
        homepage="https://ofac.treasury.gov/consolidated-sanctions-list-non-sdn-lists",
        files=(f"{_OFAC_EXPORTS}/CONSOLIDATED.XML",),
        minimum_entities=200,
        entity_page=_OFAC_ENTITY,
    ),
    "un_sc_sanctions": Authority(
        id="un_sc_sanctions",
        title="UN Security Council consolidated list",
        authority="United Nations Security Council",
        homepage="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        files=("https://scsanctions.un.org/resources/xml/en/consolidated.xml",),
        minimum_entities=500,
    ),
    "eu_fsf": Authority(
        id="eu_fsf",
        title="EU Financial Sanctions Files (FSF)",
        authority="European Commission, DG FISMA",
        homepage="https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
        files=(
            "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
        ),
        minimum_entities=3_000,
    ),
    "gb_fcdo_sanctions": Authority(
        id="gb_fcdo_sanctions",
        title="UK Sanctions List",
        authority="UK Foreign, Commonwealth and Development Office (FCDO)",
        homepage="https://www.gov.uk/government/publications/the-uk-sanctions-list",
        files=("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",),
        minimum_entities=3_000,
    ),
    "gb_hmt_sanctions": Authority(
        id="gb_hmt_sanctions",
        title="UK OFSI consolidated list of asset freeze targets (closed in January 2026)",
        authority="HM Treasury, Office of Financial Sanctions Implementation (OFSI)",
        homepage="https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
        files=("https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv",),
        minimum_entities=1_500,
    ),
    "ch_seco_sanctions": Authority(
        id="ch_seco_sanctions",
        title="Swiss sanctions list (SECO)",
        authority="Swiss State Secretariat for Economic Affairs (SECO)",
        homepage="https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html",
        files=(
            "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
        ),
        minimum_entities=3_000,
    ),
    "ca_dfatd_sema_sanctions": Authority(
        id="ca_dfatd_sema_sanctions",
        title="Canadian autonomous sanctions list (SEMA)",
        authority="Global Affairs Canada",
        homepage="https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx",
        files=(
            "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
        ),
        minimum_entities=1_000,
    ),
    "au_dfat_sanctions": Authority(
        id="au_dfat_sanctions",
        title="Australian consolidated sanctions list (DFAT)",
        authority="Australian Department of Foreign Affairs and Trade (DFAT)",
        homepage="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        files=("https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",),
        minimum_entities=1_500,
    ),
    # Never a default: the licence allows non-commercial use only, so that whoever switches it on has read it.
    "opensanctions": Authority(
        id="opensanctions",
        title="OpenSanctions, all sanctions lists (CC BY-NC 4.0: non-commercial use only)",
        authority="OpenSanctions Datenbanken GmbH",
        homepage="https://www.opensanctions.org/datasets/sanctions/",
        files=(f"{_OPENSANCTIONS}/index.json", f"{_OPENSANCTIONS}/entities.ftm.json"),
        minimum_entities=20_000,
        entity_page="https://www.opensanctions.org/entities/{id}/",
    ),
}


def entity_url(list_id: str, source_id: str) -> str | None:
    """The authority's page on an entity of a known list, where it has one, else that on the list; None for others."""
    authority = AUTHORITIES.get(list_id)
    return (authority.entity_url(source_id) or authority.homepage) if authority else None
