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
    | {"capital", "neighbourhood", "neighborhood", "street", "university", "stadium"}
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
#: Ship prefixes: motor vessel and tanker, steam ship, floating storage, and the navy of Iran. Those of other navies
#: tell that another ship is meant.
SHIP_PREFIXES: Final = frozenset({"mv", "mt", "ms", "ss", "mts", "fso", "fpso", "iris"})
#: Letters with points that end many a sentence, and are nobody's initials.
ABBREVIATIONS: Final = frozenset({"us", "uk", "un", "eu", "ussr", "uae", "dc", "pm", "am"})
#: Second halves of compound adjectives: ``Hamas-led``, ``Houthi-controlled``.
COMPOUND_ADJECTIVE: Final = re.compile(r"[a-z]+(?:ed|led|run|held|born|style|era|wide|based|like)$")
