"""The World Bank's debarred firms and individuals, as the JSON behind its page and as tables saved from there.

The address of the JSON answers only to those who have the page's key: a file by hand, a mirror, or the data set of the
same name at OpenSanctions take its place.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="worldbank_debarred",
        title="World Bank Listing of Ineligible Firms and Individuals",
        authority="World Bank Group",
        homepage="https://www.worldbank.org/en/projects-operations/procurement/debarred-firms",
        files=("https://apigwext.worldbank.org/dvsvc/v1.0/json/APPLICATION/ADOBE_EXPRNCE_MGR/FIRM/SANCTIONED_FIRM",),
        minimum_entities=500,
    ),
)
