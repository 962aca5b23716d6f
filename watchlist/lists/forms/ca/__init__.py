"""Canada: its autonomous sanctions (SEMA), a list without ids and partly in two languages.

`xml` reads it with `names` and `cells`; nothing here is of use to another authority.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="ca_dfatd_sema_sanctions",
        title="Canadian autonomous sanctions list (SEMA)",
        authority="Global Affairs Canada",
        homepage="https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx",
        files=(
            "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
        ),
        minimum_entities=1_000,
    ),
)
