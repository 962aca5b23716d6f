"""OpenSanctions: the index of a dataset, its two forms, which any list may have, and the changes between two states.

`targets` and `ftm` read the forms, `dataset` and `delta` help to fetch them; what an entity is, `facts` says for both.
"""

from watchlist.lists.forms.published import PublishedList

_DATASET = "https://data.opensanctions.org/datasets/latest/sanctions"

LISTS = (
    # Never a default: the licence allows non-commercial use only, so that whoever switches it on has read it.
    PublishedList(
        id="opensanctions",
        title="OpenSanctions, all sanctions lists (CC BY-NC 4.0: non-commercial use only)",
        authority="OpenSanctions Datenbanken GmbH",
        homepage="https://www.opensanctions.org/datasets/sanctions/",
        files=(f"{_DATASET}/index.json", f"{_DATASET}/entities.ftm.json"),
        minimum_entities=20_000,
        entity_page="https://www.opensanctions.org/entities/{id}/",
    ),
)
