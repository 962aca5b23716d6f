"""The US Treasury's OFAC: the SDN list and the consolidated one.

A reader for each of their forms, and what all of them share: labels, dates, remarks. Downloaded is the enhanced form:
it has the names in their own scripts, and is read in one pass with the memory for one entity.
"""

from watchlist.lists.forms.published import ListScope, PublishedList

_AUTHORITY = "US Treasury, Office of Foreign Assets Control (OFAC)"
_EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports"
_ENTITY = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id={id}"

#: Programs of the lists that the consolidated one is made of. Some entities of the SDN list are in them too.
_NON_SDN = frozenset(
    (
        *("UKRAINE-EO13662", "NS-PLC", "NS-ISA", "CMIC-EO13959", "561-Related", "561List", "CAPTA", "MBS", "NS-MBS"),
        *("FSE-IR", "FSE-SY", "FSE-WMD", "FSE-SDGT", "BPI-PA", "IRAN-CON-ARMS-EO"),
    )
)

LISTS = (
    PublishedList(
        id="us_ofac_sdn",
        title="OFAC Specially Designated Nationals (SDN)",
        authority=_AUTHORITY,
        homepage="https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists",
        files=(f"{_EXPORTS}/SDN_ENHANCED.XML",),
        minimum_entities=10_000,
        entity_page=_ENTITY,
        scope=ListScope(_NON_SDN, "OFAC's consolidated (non-SDN) list, us_ofac_cons", most=0.5),
    ),
    PublishedList(
        id="us_ofac_cons",
        title="OFAC Consolidated (non-SDN)",
        authority=_AUTHORITY,
        homepage="https://ofac.treasury.gov/consolidated-sanctions-list-non-sdn-lists",
        files=(f"{_EXPORTS}/CONS_ENHANCED.XML",),
        minimum_entities=200,
        entity_page=_ENTITY,
        scope=ListScope(_NON_SDN, "OFAC's SDN list, us_ofac_sdn", least=0.05),
    ),
)
