"""The United Nations Security Council: its consolidated list, in which names stand in the order of their culture.

`xml` reads it with `names` and `facts`; nothing here is of use to another authority.
"""

from watchlist.lists.forms.published import PublishedList

LISTS = (
    PublishedList(
        id="un_sc_sanctions",
        title="UN Security Council consolidated list",
        authority="United Nations Security Council",
        homepage="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        files=("https://scsanctions.un.org/resources/xml/en/consolidated.xml",),
        minimum_entities=500,
    ),
)
