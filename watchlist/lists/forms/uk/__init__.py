"""The United Kingdom: the FCDO's list in its two forms, and the one of OFSI that it took the place of.

`csv`, `xml` and `conlist` read the three, `facts` what all of them state; nothing here is of use to another authority.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="gb_fcdo_sanctions",
        title="UK Sanctions List",
        authority="UK Foreign, Commonwealth and Development Office (FCDO)",
        homepage="https://www.gov.uk/government/publications/the-uk-sanctions-list",
        files=("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",),
        minimum_entities=3_000,
    ),
    PublishedList(
        id="gb_hmt_sanctions",
        title="UK OFSI consolidated list of asset freeze targets (closed in January 2026)",
        authority="HM Treasury, Office of Financial Sanctions Implementation (OFSI)",
        homepage="https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
        files=("https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv",),
        minimum_entities=1_500,
    ),
)
