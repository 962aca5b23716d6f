"""The European Union: its Financial Sanctions Files, whose two forms hold the same values under the same names.

`xml` and `csv` read the two, `facts` what both state; nothing here is of use to another authority.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="eu_fsf",
        title="EU Financial Sanctions Files (FSF)",
        authority="European Commission, DG FISMA",
        homepage="https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
        files=(
            "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
        ),
        minimum_entities=3_000,
    ),
)
