"""Names in scripts that write syllables without spaces between words: Han, kana, Hangul.

A name listed in its own script is looked for as it stands. A Chinese or Korean name listed in Latin letters is looked
for by its sound: the romanised signs of the text, joined, against the joined parts of the name. Sounds are shared by
many names, so that such a find weighs less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from anyascii import anyascii

from watchlist.matching.language.lexicon import EASTERN, lexicon
from watchlist.matching.language.normalise import fold, native, skeleton
from watchlist.matching.language.roles import FAMILY_ROLES, GIVEN_ROLES, NamePart
from watchlist.matching.language.scripts import HAN, HANGUL, RARE_HAN, SIGNS

SYLLABIC = re.compile(f"[{SIGNS}{RARE_HAN}]")
_HANGUL = re.compile(f"[{HANGUL}]")
_HAN = re.compile(f"[{HAN}]")
#: Signs of the commonest Chinese family names: by its sound a name is looked for only where one of them stands.
_CHINESE_FAMILY_NAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧"
    "蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎"
    "易常武乔喬贺賀赖賴龚龔文习習时時齐齊严嚴温溫莫向施安"
)
_KOREAN_FAMILY_NAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모장탁국리림로"
)
#: A syllable of a Chinese or Korean name in Latin letters, in any romanisation.
_LATIN_SYLLABLE = "(?:zh|ch|sh|ts|ss|[bcdfghjklmnpqrstwxyz])?[yw]?[aeiou]{1,3}(?:ng|[nrkglmpt])?"
_LATIN_SYLLABLES = {most: re.compile(f"(?:{_LATIN_SYLLABLE}){{1,{most}}}") for most in (1, 2)}
#: The length of a name in signs.
_SHORTEST, _LONGEST = 2, 12
_LONGEST_BY_SOUND = 4


def is_syllables(form: str, most: int) -> bool:
    """Whether a cleaned word in Latin letters may be one, or one or two, syllables of a Chinese or Korean name."""
    return _LATIN_SYLLABLES[most].fullmatch(form) is not None


class FoundKey(NamedTuple):
    """A key of a listed name and the stretch of text that has it."""

    start: int
    end: int
    key: str
    likeness: float


def keys_of(text: str, parts: tuple[NamePart, ...]) -> Iterator[str]:
    """Under which keys a listed name is found in these scripts; none for most names."""
    if SYLLABIC.search(text):
        joined = "".join(SYLLABIC.findall(native(text)))
        if _SHORTEST <= len(joined) <= _LONGEST:
            yield f"={joined}"
            yield f"^{joined[:_SHORTEST]}"
        return
    family = [part for part in parts if part.role in FAMILY_ROLES]
    given = [part for part in parts if part.role in GIVEN_ROLES]
    if len(family) != 1 or not 1 <= len(given) <= 2 or not lexicon().flags.get(family[0].form, 0) & EASTERN:
        return
    joined = "".join(part.form for part in (*family, *given))
    yield f"~{joined}"
    yield f"≈{_korean_frame(joined)}"


def find_keys(run: str, is_known: Callable[[str], bool]) -> Iterator[FoundKey]:
    """Every key that a run of such signs may stand for; the work is linear in its length.

    ``is_known`` tells whether some listed name has a key: most signs begin none.
    """
    signs = native(run) if len(native(run)) == len(run) else run
    for start in range(len(signs)):
        sign = signs[start]
        if not SYLLABIC.match(sign):
            continue
        begins = is_known(f"^{signs[start : start + _SHORTEST]}")
        for end in range(start + _SHORTEST, min(len(signs), start + _LONGEST) + 1) if begins else ():
            yield FoundKey(start, end, f"={signs[start:end]}", 1.0)
        by_sound = range(start + _SHORTEST, min(len(signs), start + _LONGEST_BY_SOUND) + 1)
        if _HAN.match(sign) and sign in _CHINESE_FAMILY_NAMES:
            for end in by_sound:
                yield FoundKey(start, end, f"~{anyascii(signs[start:end]).lower()}", 0.85)
        elif _HANGUL.match(sign) and sign in _KOREAN_FAMILY_NAMES:
            for end in by_sound:
                yield FoundKey(start, end, f"≈{_korean_frame(anyascii(signs[start:end]).lower())}", 0.8)


def _korean_frame(romanised: str) -> str:
    """The consonants of a romanised Korean name, in which the ways of romanising agree."""
    return skeleton(fold(romanised.replace("ch", "j").replace("r", "l")))
