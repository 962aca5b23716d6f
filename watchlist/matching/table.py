"""The one table of numbers by which names are found and judged: thresholds, weights, shares, distances.

A *weight* is what a finding of 1 adds to a score; below zero it speaks against. A *share* is how far a finding holds,
between 0 and 1, where it neither holds fully nor not at all. Whose number it is says the name of its group.
Bounds on memory and on work, which no score depends on, stand with what they bound.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from watchlist.matching.language.roles import Role

#: From this score on a mention alerts, and from this one it is kept for review.
ALERT: Final = 0.70
REVIEW: Final = 0.40
#: From this score on two names are taken for one.
NAME_PREDICTED: Final = 0.70

#: What each rule weighs, in the order in which findings are reported; which rules there are says `evidence.score`.
WEIGHTS: Final = MappingProxyType(
    {
        "alignment": 0.82,
        "one_word": -0.26,
        "spelled_otherwise": -0.18,
        "one_sound": -0.35,
        "other_letters": -0.50,
        "sound_of_signs": -0.20,
        "ordinary_word": -0.66,
        "ordinary_words": -0.66,
        "legal_form_lost": -0.25,
        "known_otherwise": -0.38,
        "common_name": -0.33,
        "other_middle_name": -0.25,
        "family_name_only": -0.25,
        "other_identifier": -0.60,
        "no_support": -0.20,
        "other_context": -0.15,
        "no_context": -0.40,
        "cut_to_one_word": -0.40,
        "unlike_alias": -0.45,
        "weak_alias": -0.25,
        "three_letters": -0.15,
        "longer_name": -0.60,
        "another_person": -0.60,
        "used_as_place": -0.35,
        "title_of_a_work": -0.35,
        "an_office": -0.30,
        "foreign_country": -0.35,
        "country_before": -0.30,
        "unfit_role": -0.35,
        "sentence_start": -0.10,
        "written_small": -0.40,
        "fitting_context": 0.10,
        "country": 0.08,
        "program": 0.07,
        "its_country": 0.12,
        "associates": 0.10,
        "title": 0.10,
        "designation": 0.06,
        "other_name": 0.15,
        "identifier": 0.30,
        "kind_before": 0.40,
    }
)
#: Name to name: the same idea, with findings of their own.
NAME_WEIGHTS: Final = MappingProxyType(
    {
        "alignment": 1.0,
        "conflict": -0.25,
        "one_word": -0.15,
        "father_and_son": -0.40,
        "number": -0.10,
        "other_sign": -0.35,
    }
)
#: What a word weighs in a comparison of two names by its role; a word of a person's name weighs 1.
PART_WEIGHTS: Final = MappingProxyType(
    {Role.LEGAL_FORM: 0.1, Role.PARTICLE: 0.05, Role.GENERIC: 0.8, Role.NUMBER: 0.6, Role.PLACE: 0.9}
)
#: How much of a listed name a word of each role carries, where an article names it.
ROLE_WEIGHTS: Final = MappingProxyType(
    {
        Role.FAMILY_NAME: 1.0,
        Role.SECOND_FAMILY_NAME: 0.2,
        Role.GIVEN_NAME: 0.8,
        Role.MIDDLE_NAME: 0.2,
        Role.PERSONAL: 1.0,
        Role.CORE: 1.0,
        Role.PLACE: 0.6,
        Role.NUMBER: 1.0,
        Role.GENERIC: 0.4,
        Role.LEGAL_FORM: 0.02,
        Role.PARTICLE: 0.0,
    }
)

# --- how far words reach, in characters
#: From a mention, a word still speaks of it.
NEAR: Final = 160
#: Before a mention, words are read one by one; after it, only to see whether all have capitals.
READ_BEFORE: Final = 40
READ_AFTER: Final = 28
#: After a mention, in characters, words are read that may say what it is: ``X, a teacher in Y``.
READ_ON: Final = 56
#: The length of an article in which the absence of a word says all it can, and what it says at least, in a headline.
LONG_ENOUGH: Final = 600
ABSENCE_IN_A_HEADLINE: Final = 0.25
#: As much of a title is read to see whether it has capitals throughout.
READ_OF_A_TITLE: Final = 400
#: Words of this length have capitals throughout where most of at least so many have one.
LONG_WORD, ENOUGH_LONG_WORDS, NEVER_SMALL = 4, 4, 8
MOSTLY: Final = 0.8

# --- scoring an article
#: How many stretches of one entity in one article are scored; the best counts.
MOST_SCORED: Final = 3
#: A score that further stretches of the same entity need not try to better.
CLEAR: Final = 0.9

# --- one_word, spelled_otherwise: the length of a word from which on its shortness no longer counts in full or at all
SHORT_UP_TO, LONG_FROM = 4, 9
LEAST_OF_ONE_WORD: Final = 0.2
#: Of a group named by a proper noun, or of a name that is not the authority's, one word says more.
OF_A_GROUP_OR_CHOSEN: Final = 0.3
#: A word that is nothing else anywhere, and names a group.
HEARD_OF_NOTHING_ELSE: Final = 0.25
KNOWN_SPELLING_OF_A_GROUP: Final = 1 / 7

# --- one_sound: with one signal that the entity is meant, and with two
SOUND_WITH_ONE, SOUND_WITH_MORE = 0.7, 0.4

# --- weak_alias
WEAK_WITH_ONE_SIGNAL, WEAK_WITH_MORE_SIGNALS = 0.7, 0.5
ACRONYM_WITH_ANOTHER_NAME, ACRONYM_OF_THE_PRESS = 0.1, 0.2
ACRONYM_WITH_ONE_SIGNAL, ACRONYM_WITH_MORE_SIGNALS = 0.6, 0.3
LONGEST_ACRONYM: Final = 5
LETTERS_OF_MANY_THINGS: Final = 3

# --- other_letters: how alike a word is, less than that, that has other consonants than the listed one
AS_ALIKE_AS_ANOTHER_NAME: Final = 0.95
#: The share of people from which on a word is a name in its own right, and what a word says that is none.
A_NAME_OF_ITS_OWN: Final = 1e-7
A_SLIP_OF_THE_PEN: Final = 0.1
#: The same of a short word, where one letter is much of it: Usyk and Yuzhik.
A_SHORT_SLIP: Final = 0.5
NAMES_THAT_AGREE: Final = 2
#: A known name that is less alike than this is another name, whatever its consonants.
UNLIKE_ENOUGH: Final = 0.9

# --- sound_of_signs: of a Korean name in its half of the country; other_middle_name: consonants of one father's name
SOUND_IN_ITS_COUNTRY, OF_ONE_FATHER = 0.5, 0.7

# --- unfit_role
#: Three names, all of them there, are hardly another's, whatever he is.
ROLE_OF_ONE_NAMED_IN_FULL: Final = 0.4
OFFICE_AND_A_COMMON_NAME: Final = 0.7
COMMON_ENOUGH: Final = 0.15

# --- unlike_alias
#: Of a body; of a person whose every name few bear.
UNLIKE_BUT_DISTINCTIVE, UNLIKE_BUT_OF_FEW = 0.25, 0.1
#: Of a body in full, by a word that is nothing else anywhere and more than that word.
UNLIKE_BUT_UNHEARD_OF: Final = 0.08
UNLIKE_IN_ITS_COUNTRY: Final = 0.7

# --- cut_to_one_word
#: From this many entities with one word in their names on it is the name of a group of firms, or of its parent.
A_GROUP_OF_FIRMS: Final = 3
CUT: Final = 0.5
CUT_BESIDE_ITS_LEGAL_FORM: Final = 0.1
CUT_EACH_LOST_WITH_A_FIRM_NEAR: Final = 0.15

# --- ordinary_word, ordinary_words, by the word's Zipf value (tenfold)
ORDINARY_FROM, ORDINARY_IN_FULL = 25, 49
ORDINARY_PLACE, ORDINARY_TITLE = 5 / 12, 5 / 6
#: A firm's name with its legal form is hardly meant as a word.
WITH_ITS_LEGAL_FORM: Final = 0.2
OF_TWO_ORDINARY_WORDS, OF_MORE_ORDINARY_WORDS = 1 / 2, 1 / 4
#: Capitals in running text make a name of ordinary words.
CAPITALS_THAT_MEAN_A_NAME: Final = 1 / 3

#: A number of so many digits tells one body from others, whatever the words beside it.
TELLING_NUMBER: Final = 3

# --- legal_form_lost
FIRM_NEAR: Final = 0.4

# --- known_otherwise
A_PLACE, A_PLACE_AS_MANY_CRAFT, A_PERSONAL_NAME, A_PROPER_NOUN = 1.0, 0.6, 0.8, 0.5

# --- common_name, family_name_only
#: A family name of more listed entities than this is shared; of so many more it is in full.
SHARED_FROM: Final = 4
SHARED_BY_MANY_MORE: Final = 10
GIVEN_NAME_ALONE: Final = 0.3
GIVEN_NAME_OF_MANY: Final = 12
KNOWN_TO_BE_COMMON: Final = 0.6
ALL_COMMON: Final = 0.9
THREE_NAMES_AND_ALL_THERE: Final = 0.25
#: What a common name says where nothing of the listed one is lost that could tell its bearer from others.
COMMON_BUT_WHOLE: Final = 0.67
LEAST_COMMON: Final = 0.05
FAMILY_NAME_ALONE: Final = 0.1
EACH_BEARER: Final = 0.2
#: A family name that is a given name too, as many of the Arab world and South Asia.
TWO_GIVEN_NAMES: Final = 0.7
#: The share of people from which on a name is one of some.
NAME_OF_SOME, NAME_OF_VERY_MANY = 3e-5, 1e-3
#: From this Zipf value (tenfold) on a given name is one that every reader knows.
WELL_KNOWN: Final = 36

# --- namesakes: which of several subjects the same words name
#: By how much a name must be nearer to the words than another of its list, and of another list.
NEARER: Final = 0.1
MUCH_NEARER: Final = 0.35
#: By so little less the words of a name may fit that is better known than an alias unlike the first name.
BETTER_KNOWN: Final = 0.06
AS_NEAR: Final = 0.005  # as near to the words
#: How many words of its case a country of a subject is worth.
COUNTRY_IN_WORDS: Final = 2
#: A longer name that is there as well as this takes the words of a shorter one, however well that fits.
THERE: Final = 0.7
#: A name that is there as well as this keeps its words from a longer one that leaves them out as foreign to it.
THERE_IN_FULL: Final = 0.99
#: How many others a mention names that the same words name.
MOST_TOLD: Final = 3

# --- no_support
PARTS_LOST: Final = 0.2
NAMED_BY_A_PROPER_NOUN, A_DISTINCTIVE_NAME, A_WEAK_NAME = 0.2, 0.4, 0.6
#: From this length on a word that is known as nothing else is hardly anybody else's name.
NO_OTHERS_FROM: Final = 12

# --- no_context: words of ships or aircraft that are wanted near, by how much of a name it is
WANTED_BY_A_LONG_NAME, WANTED_BY_A_NAME, WANTED_BY_A_WORD = 1, 2, 3

# --- kind_before
KIND_BEFORE, KIND_BEFORE_A_PLACE = 0.5, 1.0

# --- an_office
#: A name of more words is hardly anybody else's.
WORDS_OF_AN_OFFICE: Final = 3
OFFICE_IN_ITS_COUNTRY: Final = 0.3

# --- longer_name
TITLE_OR_NAME: Final = 0.5
NO_PART_OF_A_PERSONS: Final = 0.27
BEHIND_A_NAME_IN_FULL: Final = 0.17
#: Muhammad, which many leave out before their names.
OFTEN_LEFT_OUT: Final = 0.07
HYPHEN_TO_A_THING, PLACE_BEFORE = 0.07, 0.13
#: The first word of a sentence in another language than English: an unknown one, and a known name.
WORD_AT_A_START, NAME_AT_A_START = 0.13, 0.67
WORD_BEFORE_A_GROUP, WORD_AMID_CAPITALS = 0.4, 0.13

# --- used_as_place
PREPOSITION_BEFORE: Final = 0.7

# --- fitting_context, other_context: what telling words come to (a logarithm) when they tell all they can
TELLING_IN_FULL: Final = 4.0
#: What a word of a topic tells, of kinds whose words were not measured.
WORD_OF_A_TOPIC: Final = 3.0

# --- associates: how much of a name is there of one that says by itself who is meant
PLAIN: Final = 0.97

# --- program, designation
OF_ITS_PROGRAM, EACH_WORD_OF_ITS_PROGRAM, EACH_WORD_OF_ITS_OFFICE = 0.4, 0.2, 0.5

#: From this Zipf value (tenfold) on an everyday word of a script without capitals is no part of a person's name if only
#: a given name stands beside it, and from the other on in any case.
IS_NO_NAME, SAID_BY_ALL = 45, 60

# --- likeness of two words: how alike they are, 1 for the same letters
#: Another spelling of the same word: known by its sound or its class.
SAME_WORD: Final = 0.99
#: A word of a script with vowels left out, by its stem: long enough to tell which name it is, or too short for that.
LONG_STEM, SHORT_STEM = 6, 0.965
#: The sound of three Han signs, or of a Korean family name with its given name, is that of the listed name.
BY_SOUND_OF_SIGNS, BY_SOUND_OF_SYLLABLES = 0.85, 0.8
#: Names in signs and in Latin letters: from which share of consonants on they are one, all of them, another Korean.
HALF_OF_THE_SIGNS, SAME_SIGNS, ANOTHER_KOREAN = 0.5, 0.8, 0.6
#: Russia for Russian; a trade word cut short, of so many letters at least.
ADJECTIVE, CUT_SHORT, SHORTEST_CUT_SHORT = 0.97, 0.95, 5
#: From this likeness on a word without its ending is a listed one.
AS_ALIKE_AS_A_STEM: Final = 0.9
#: The sound is the same, to the ear of the West: Jon and John, Mark and Marc.
SAME_SOUND: Final = 0.95
NICKNAME, INITIAL = 0.92, 0.8
#: One syllable of a Korean name, in two of the ways in which Latin letters have it: Chol and Cheol.
KOREAN_BY_EAR: Final = 0.96
#: Consonants alike of a word without vowels and one with them: all, or all but one of at least so many.
SAME_CONSONANTS, NEAR_CONSONANTS, ENOUGH_CONSONANTS = 0.9, 0.75, 4
#: Of a word of another script and a Latin one, as `match` compares them: which share of the sound the word must tell,
#: without vowels and in Cyrillic, how alike that makes them, and each share more; and what a cut reading takes of it.
TOLD_AT_LEAST, TOLD_IN_CYRILLIC, LEAST_ACROSS, EACH_SHARE_TOLD, CUT_READING = 0.3, 0.45, 0.72, 0.8, 0.05
#: The same in a text, where no letter may sound otherwise than it is known to: from which share of the sound on it is
#: told in full, and what each share less takes.
TOLD_IN_A_TEXT, TOLD_IN_FULL, EACH_SHARE_UNTOLD = 0.45, 0.6, 0.3
#: What a slip takes of a word's likeness, as a share of its letters: one that leaves the consonants as they are, and
#: another; and how much more where the words begin otherwise, or both are names in their own right.
VOWEL_SLIP, SLIP, OTHER_BEGINNING, BOTH_ARE_NAMES = 0.7, 1.2, 1.4, 2.0
#: The same of letters that are known to be written for each other, in words of at least so many letters.
SHIFT, MAY_SHIFT_FROM = 0.2, 5
#: How many bits a shift must have that makes another family name in its own right.
SHIFT_OF_A_NAME: Final = 5.0
#: From this length on two slips are allowed; below the other none.
TWO_SLIPS_FROM, ONE_SLIP_FROM = 8, 3
#: What is less alike is another word.
LEAST_LIKENESS: Final = 0.6
#: From this many letters on an unknown word may be spelled otherwise and be the same word all the same.
MAY_VARY_FROM: Final = 6
#: From this many letters on, and this alike, it may even be misspelt.
MAY_SLIP_FROM, ONE_SLIP = 8, 0.84

# --- likeness of two names of which somebody says that they may be one
#: Of two legal forms one may be written for the other.
OTHER_LEGAL_FORM: Final = 0.8
#: An initial, or half a name (``Abdul``), weighs so much of a word.
HALF_A_NAME: Final = 0.5
#: What words count that one name has more: on the side that has most of them, and on the other.
MORE_OF_A_PERSON, LESS_OF_A_PERSON, LESS_OF_A_THING = 0.38, 1.2, 0.5
#: Names written together may differ in so many letters, if they have this many.
LETTERS_WRITTEN_TOGETHER, SLIPS_WRITTEN_TOGETHER = 8, 2

# --- likeness of what was found of a person's name to the whole of it
#: Names of unknown order: some are there, less for each further one that is not; one is there. Family names: one, two.
SOME_NAMES, EACH_NAME_LOST, ONE_NAME = 0.9, 0.15, 0.3
FAMILY_NAME_THERE, BOTH_FAMILY_NAMES = 0.58, 0.86
FAMILY_NAME_OF_THE_PRESS: Final = 0.72  # of a foreigner, in a script without capitals
#: The mother's name with the given name; a middle name for the given one; half of a Korean or Chinese given name; given
#: names alone.
MOTHERS_NAME, MIDDLE_FOR_GIVEN_NAME, HALF_A_GIVEN_NAME, GIVEN_NAMES_THERE = 0.55, 0.7, 0.3, 0.2
#: What a mother's family name, a middle name, or the second half of a family name costs that is not there.
SECOND_LOST, MIDDLE_LOST, FAMILY_END_LOST = 0.02, 0.03, 0.3
#: What names between given and family name cost that the list does not have: a patronymic or an initial where the list
#: tells none, another name, one more, a word that is none; one where the list has another; and "son of" and its like.
PATRONYMIC_MORE, NAME_MORE, NEXT_NAME_MORE, WORD_MORE, OTHER_MIDDLE_NAME, FATHER_MORE = 0.03, 0.12, 0.18, 0.3, 0.4, 0.5
#: Where every word is spelled otherwise, less is sure; from this likeness on it is a spelling.
ALL_SPELLED_OTHERWISE, A_SPELLING = 0.1, 0.95
#: What an order costs that newspapers do not write: of two names, of all, of some; that the first is not there, or the
#: last in a script without capitals.
TURNED_PAIR, TURNED, TURNED_IN_PART, FIRST_NAME_LOST, LAST_NAME_LOST = 0.15, 0.2, 0.1, 0.2, 0.35
#: From this Zipf value (tenfold) on a syllable is better known as a Western given name.
WESTERN_NAME: Final = 38

# --- likeness of what was found of another name to the whole of it
#: How much the press takes a kind of body for that it leaves out behind a word that says whose it is, and before it.
TAIL_LOST, HEAD_LOST = 0.15, 0.25
#: The same of a country before such a word and its kind: Kuryonggang Trading for KOREA KURYONGGANG TRADING.
COUNTRY_LOST: Final = 0.4
#: How many times its weight a number is missed.
NUMBER_LOST: Final = 2
OF_FEW_WORDS, OF_MANY_WORDS = 3, 2  # the power to which the share counts of a name of ordinary words
#: What is left where the word that tells this one from others is not there.
TELLING_WORD_LOST: Final = 0.6
#: What each further word costs inside a name that says by itself whose it is, and inside another; and an ordinary word
#: or a kind of body inside all of a name that does.
WORD_INSIDE, WORD_INSIDE_COMMON_WORDS, ORDINARY_WORD_INSIDE = 0.2, 0.3, 0.1

# --- search: which words are laid under a name, and what that leaves of it
#: How many characters two words of a chain may stand apart, and how far beyond it small words and numbers may belong to
#: a name in it; the length of the one next to it.
CHAIN_GAP: Final = 18
BEFORE_A_CHAIN, BEHIND_A_CHAIN, NEXT_TO_A_CHAIN = 48, 72, 24
#: The most that may stand between two words of a name, in characters, and the longest aside, in words.
LONGEST_GAP, LONGEST_ASIDE = 8, 5
#: How many words that point somewhere, and how many words in all, the second word of a pair may stand away.
PAIR_POINTERS, PAIR_WORDS = 3, 6
#: From this many letters on a word that nobody knows may be a misspelt one; two together may be one; one may be two.
SHORTEST_MISSPELT, LONG_MISSPELT, SHORTEST_JOINED, SHORTEST_IN_ONE = 5, 6, 5, 7
#: From this many names of a posting on, those of a fleet are told by the number that stands in the text.
A_FLEET: Final = 24
#: This share of a name's weight must be there for a try to be worth its while; of one with none but common words, this.
LEAST_SHARE, LEAST_OF_COMMON_WORDS = 0.4, 0.7
#: How many words to either side of the anchor a name may reach.
REACH: Final = 12
#: How many words that the list does not have may stand inside a person's name, and inside another.
STRANGERS_IN_A_PERSONS, STRANGERS_IN_ANOTHER = 2, 1
#: The longest small word that comes and goes inside a person's name: ag, ould, bin.
SMALL_WORD: Final = 4
#: How alike words written as one, or apart, are to those of the list; what it takes to be sure of that.
JOINED, SURE = 0.97, 0.9
#: How much of a name is there whose every word is written in one: another may have that as a word of its own.
ALL_IN_ONE: Final = 0.88
#: A word that only looks like the listed one says little where it is the first choice of several.
NOT_THE_SAME: Final = 0.01
#: What it costs that a double name is there by half, that parts stand in another order, and that another word stands
#: where the list has one, be it a matter of translation.
HALF_OF_A_DOUBLE, OUT_OF_ORDER, ANOTHER_IN_PLACE, TRANSLATED = 0.2, 0.1, 0.45, 0.08
#: Below this likeness a name is also compared as a whole, with a run of so many words more at most; what such a
#: likeness comes to at most, since no other eye has seen it.
DOUBTFUL, WORDS_MORE, ENOUGH_FOR_REVIEW = 0.75, 2, 0.64
#: How alike the whole must be, so that with two words of the list in it all of it is that name.
BEYOND_DOUBT: Final = 0.93
#: An alignment below this says nothing.
LEAST_ALIGNMENT: Final = 0.45
