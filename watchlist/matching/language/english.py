"""English words by which the evidence reads a sentence. Words that say what an entity is are in `data`."""

from __future__ import annotations

import re
from typing import Final

#: Prepositions before a place.
AT_A_PLACE: Final = frozenset(
    {"in", "near", "around", "outside", "across", "off", "throughout", "toward", "towards", "into"}
)
KINDS_OF_PLACE: Final = frozenset(
    {"city", "town", "village", "province", "district", "region", "port", "island", "area", "airport", "state"}
    | {"county", "governorate", "suburb", "river", "coast", "bay", "strait", "prefecture", "mountain", "desert"}
    | {"capital", "neighbourhood", "neighborhood", "street", "university", "stadium", "hospital", "mosque", "church"}
    | {"square", "bridge", "crossing", "camp", "compound", "school", "valley", "lake", "sea", "canal", "peninsula"}
)
#: Words beside the title of a film, a game, a book or a piece of music.
KINDS_OF_WORK: Final = frozenset(
    {"game", "games", "videogame", "series", "sequel", "sequels", "prequel", "spinoff", "spin", "remake", "franchise"}
    | {"film", "films", "movie", "movies", "sitcom", "musical", "trilogy", "saga", "novel", "novels", "comic", "comics"}
    | {"album", "albums", "song", "songs", "soundtrack", "opera", "operas", "symphony", "trailer", "episode"}
)
#: Last words of names of groups that newspapers often write small.
KINDS_OF_GROUP: Final = frozenset({"network", "gang", "cartel", "clan", "front", "brigade", "brigades", "militia"})
#: Words of the subject of a sanctions program against armed groups and organised crime.
GROUP_SUBJECTS: Final = frozenset({"terrorist", "cartel", "gang"})
#: Offices of a state, each of one country: before a name they tell whose.
CIVIL_OFFICES: Final = frozenset(
    {"president", "premier", "minister", "chancellor", "governor", "mayor", "senator", "congressman", "congresswoman"}
    | {"lawmaker", "deputy", "ambassador", "envoy", "diplomat", "judge", "justice", "prosecutor", "police", "mp"}
    | {
        "king",
        "queen",
        "prince",
        "princess",
        "sultan",
        "emir",
        "sheriff",
        "secretary",
        "official",
        "officer",
        "speaker",
    }
)
#: Words of names of offices that many states have: ``Ministry of Labor``, ``General Staff``.
OFFICES: Final = frozenset(
    {"ministry", "department", "directorate", "army", "navy", "staff", "police", "parliament", "brotherhood", "court"}
    | {
        "office",
        "bureau",
        "administration",
        "commission",
        "council",
        "agency",
        "guard",
        "guards",
        "assembly",
        "cabinet",
    }
    | {"intelligence", "prosecutor", "treasury", "customs", "headquarters", "militia", "forces"}
)
#: What people are in private life: hardly anybody is listed as one.
PRIVATE_ROLES: Final = frozenset(
    {"teacher", "student", "pupil", "schoolteacher", "photographer", "footballer", "player", "striker", "midfielder"}
    | {"goalkeeper", "defender", "coach", "sprinter", "cricketer", "boxer", "athlete", "golfer", "cyclist", "swimmer"}
    | {"singer", "actor", "actress", "painter", "poet", "novelist", "filmmaker", "comedian", "musician", "guitarist"}
    | {"rapper", "dancer", "chef", "nurse", "surgeon", "physician", "dentist", "farmer", "fisherman", "shepherd"}
    | {"driver", "shopkeeper", "baker", "villager", "resident", "neighbour", "neighbor", "tourist", "passenger"}
    | {
        "mayor",
        "councillor",
        "councilman",
        "firefighter",
        "paramedic",
        "rescuer",
        "librarian",
        "historian",
        "professor",
    }
    | {"lecturer", "researcher", "scientist", "economist", "columnist", "novelist", "mechanic", "carpenter", "engineer"}
)
#: Who is named behind the photographer in the credit of a picture: ``X/Reuters``. Two people may stand so, too.
PICTURE_AGENCIES: Final = frozenset(
    {"reuters", "afp", "ap", "getty", "epa", "efe", "dpa", "anadolu", "xinhua", "tass", "sputnik", "kyodo", "yonhap"}
    | {"shutterstock", "alamy", "bloomberg", "zuma", "sipa", "nurphoto", "rex", "pa", "ansa", "wana", "wire", "pool"}
)
#: Ship prefixes: motor vessel and tanker, steam ship, floating storage, and the navy of Iran. Those of other navies
#: tell that another ship is meant.
SHIP_PREFIXES: Final = frozenset({"mv", "mt", "ms", "ss", "mts", "fso", "fpso", "iris"})
#: Letters with points that end many a sentence, and are nobody's initials.
ABBREVIATIONS: Final = frozenset({"us", "uk", "un", "eu", "ussr", "uae", "dc", "pm", "am"})
#: Second halves of compound adjectives: ``Hamas-led``, ``Houthi-controlled``.
COMPOUND_ADJECTIVE: Final = re.compile(r"[a-z]+(?:ed|led|run|held|born|style|era|wide|based|like)$")
