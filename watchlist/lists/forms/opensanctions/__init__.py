"""OpenSanctions: the index of a dataset, its two forms, which any list may have, and the changes between two states.

`targets` and `ftm` read the forms, `dataset` and `delta` help to fetch them; what an entity is, `facts` says for both.
Lists of authorities that publish no file for programs are known here by the ids of their datasets.
"""

from watchlist.lists.forms.published import PublishedList

_DATASETS = "https://data.opensanctions.org/datasets/latest"
_PAGES = "https://www.opensanctions.org"
#: Never on by default: the licence allows non-commercial use only, so that whoever switches one on has read it.
_LICENCE = "CC BY-NC 4.0: non-commercial use only"
_GATHERED = "OpenSanctions Datenbanken GmbH"


def _dataset(list_id: str, name: str, title: str, authority: str, minimum: int) -> PublishedList:
    return PublishedList(
        id=list_id,
        title=title,
        authority=authority,
        homepage=f"{_PAGES}/datasets/{name}/",
        files=(f"{_DATASETS}/{name}/index.json", f"{_DATASETS}/{name}/entities.ftm.json"),
        minimum_entities=minimum,
        entity_page=f"{_PAGES}/entities/{{id}}/",
    )


def _of_authority(list_id: str, title: str, authority: str, minimum: int) -> PublishedList:
    return _dataset(list_id, list_id, f"{title} (through OpenSanctions, {_LICENCE})", authority, minimum)


LISTS = (
    _dataset("opensanctions", "sanctions", f"OpenSanctions, all sanctions lists ({_LICENCE})", _GATHERED, 20_000),
    _of_authority(
        *("ua_nsdc_sanctions", "Ukraine, sanctions of the NSDC"),
        "National Security and Defense Council of Ukraine",
        3_000,
    ),
    _of_authority(
        *("jp_meti_eul", "Japan, METI's End User List"),
        "Ministry of Economy, Trade and Industry of Japan",
        200,
    ),
    _of_authority(
        *("jp_meti_ru", "Japan, METI's export bans on Russian and other bodies"),
        "Ministry of Economy, Trade and Industry of Japan",
        50,
    ),
    _of_authority("be_fod_sanctions", "Belgium, financial sanctions", "Federal Public Service Finance, Belgium", 1_000),
    _of_authority(
        *("fr_tresor_gels_avoir", "France, national register of asset freezes"),
        "Direction générale du Trésor, France",
        1_500,
    ),
    _of_authority("mc_fund_freezes", "Monaco, national fund freezes", "Principality of Monaco", 1_500),
    _of_authority(
        *("il_mod_terrorists", "Israel, terrorist organizations and unlawful associations"),
        "National Bureau for Counter Terror Financing of Israel",
        200,
    ),
    _of_authority(
        *("il_wmd_sanctions", "Israel, sanctions against the spread of weapons of mass destruction"),
        "Ministry of Finance of Israel",
        10,
    ),
    _of_authority(
        *("sg_terrorists", "Singapore, targeted financial sanctions"),
        "Government of Singapore",
        5,
    ),
)
