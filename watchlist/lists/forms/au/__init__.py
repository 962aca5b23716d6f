"""Australia (DFAT): a workbook with a row for each name, read through openpyxl, which an extra installs.

`xlsx` reads it with `workbook` and `facts`; nothing here is of use to another authority.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="au_dfat_sanctions",
        title="Australian consolidated sanctions list (DFAT)",
        authority="Australian Department of Foreign Affairs and Trade (DFAT)",
        homepage="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        files=("https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",),
        minimum_entities=1_500,
    ),
)
