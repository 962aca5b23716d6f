"""The US Consolidated Screening List: the lists of three departments in one file, as CSV and as JSON.

It can be taken whole, each source being a program, or each source by itself as a list. It repeats OFAC's lists in
OFAC's words, so that this room stands above that of OFAC.
"""

from watchlist.lists.forms.published import PublishedList

_FILE = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv"
_HOME = "https://www.trade.gov/consolidated-screening-list"
_BIS = "US Department of Commerce, Bureau of Industry and Security (BIS)"
_STATE = "US Department of State"
_TREASURY = "US Treasury, Office of Foreign Assets Control (OFAC)"

#: The list of one source, what its rows call that in brackets, its title, who keeps it, and a count well below its own.
_SOURCES = (
    ("us_csl_entity_list", "EL", "BIS Entity List", _BIS, 1_500),
    ("us_csl_denied_persons", "DPL", "BIS Denied Persons List", _BIS, 300),
    ("us_csl_unverified", "UVL", "BIS Unverified List", _BIS, 60),
    ("us_csl_military_end_users", "MEU", "BIS Military End User List", _BIS, 40),
    ("us_csl_itar_debarred", "DTC", "ITAR Debarred", _STATE, 300),
    ("us_csl_nonproliferation", "ISN", "Nonproliferation Sanctions", _STATE, 200),
    ("us_csl_cap", "CAP", "CAPTA List", _TREASURY, 5),
    ("us_csl_cmic", "CMIC", "Chinese Military-Industrial Complex Companies", _TREASURY, 30),
    ("us_csl_evaders", "FSE", "Foreign Sanctions Evaders", _TREASURY, 1),
    ("us_csl_menu_based", "NS-MBS", "Non-SDN Menu-Based Sanctions List", _TREASURY, 5),
    ("us_csl_legislative_council", "PLC", "Palestinian Legislative Council List", _TREASURY, 30),
    ("us_csl_sectoral", "SSI", "Sectoral Sanctions Identifications List", _TREASURY, 150),
    ("us_csl_sdn", "SDN", "Specially Designated Nationals, as in the Consolidated Screening List", _TREASURY, 10_000),
)
#: What the rows of a list that is one source have in brackets behind the name of their source.
SOURCE_OF = {list_id: code for list_id, code, *_ in _SOURCES}

LISTS = (
    PublishedList(
        id="us_trade_csl",
        title="US Consolidated Screening List, all sources",
        authority="US Department of Commerce, International Trade Administration (ITA)",
        homepage=_HOME,
        files=(_FILE,),
        minimum_entities=15_000,
    ),
    *(
        PublishedList(list_id, f"US {title}", authority, _HOME, (_FILE,), minimum)
        for list_id, _, title, authority, minimum in _SOURCES
    ),
)
