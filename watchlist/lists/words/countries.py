"""Country names, as the authorities write them, to ISO 3166-1 alpha-2 codes in lower case.

The names are ISO's short English ones and the spellings that the official lists use besides. Kosovo has the code ``xk``
that others use for it; ISO has none. A region inside a country has no code and is kept in words, but Gaza and the West
Bank are ``ps``, as ISO has it.
"""

from __future__ import annotations

import re

#: Code and short name of every country, separated by semicolons.
_ISO = """
af afghanistan; ax aland islands; al albania; dz algeria; as american samoa; ad andorra; ao angola; ai anguilla; aq
antarctica; ag antigua and barbuda; ar argentina; am armenia; aw aruba; au australia; at austria; az azerbaijan; bs
bahamas; bh bahrain; bd bangladesh; bb barbados; by belarus; be belgium; bz belize; bj benin; bm bermuda; bt bhutan;
bo bolivia; bq bonaire, sint eustatius and saba; ba bosnia and herzegovina; bw botswana; bv bouvet island; br
brazil; io british indian ocean territory; bn brunei; bg bulgaria; bf burkina faso; bi burundi; cv cabo verde; kh
cambodia; cm cameroon; ca canada; ky cayman islands; cf central african republic; td chad; cl chile; cn china; cx
christmas island; cc cocos (keeling) islands; co colombia; km comoros; cg congo; cd democratic republic of the
congo; ck cook islands; cr costa rica; ci cote d'ivoire; hr croatia; cu cuba; cw curacao; cy cyprus; cz czechia; dk
denmark; dj djibouti; dm dominica; do dominican republic; ec ecuador; eg egypt; sv el salvador; gq equatorial
guinea; er eritrea; ee estonia; sz eswatini; et ethiopia; fk falkland islands; fo faroe islands; fj fiji; fi
finland; fr france; gf french guiana; pf french polynesia; tf french southern territories; ga gabon; gm gambia; ge
georgia; de germany; gh ghana; gi gibraltar; gr greece; gl greenland; gd grenada; gp guadeloupe; gu guam; gt
guatemala; gg guernsey; gn guinea; gw guinea-bissau; gy guyana; ht haiti; hm heard island and mcdonald islands; va
holy see; hn honduras; hk hong kong; hu hungary; is iceland; in india; id indonesia; ir iran; iq iraq; ie ireland;
im isle of man; il israel; it italy; jm jamaica; jp japan; je jersey; jo jordan; kz kazakhstan; ke kenya; ki
kiribati; kp north korea; kr south korea; kw kuwait; kg kyrgyzstan; la laos; lv latvia; lb lebanon; ls lesotho; lr
liberia; ly libya; li liechtenstein; lt lithuania; lu luxembourg; mo macau; mg madagascar; mw malawi; my malaysia;
mv maldives; ml mali; mt malta; mh marshall islands; mq martinique; mr mauritania; mu mauritius; yt mayotte; mx
mexico; fm micronesia; md moldova; mc monaco; mn mongolia; me montenegro; ms montserrat; ma morocco; mz mozambique;
mm myanmar; na namibia; nr nauru; np nepal; nl netherlands; nc new caledonia; nz new zealand; ni nicaragua; ne
niger; ng nigeria; nu niue; nf norfolk island; mk north macedonia; mp northern mariana islands; no norway; om oman;
pk pakistan; pw palau; ps palestine; pa panama; pg papua new guinea; py paraguay; pe peru; ph philippines; pn
pitcairn; pl poland; pt portugal; pr puerto rico; qa qatar; re reunion; ro romania; ru russia; rw rwanda; bl saint
barthelemy; sh saint helena; kn saint kitts and nevis; lc saint lucia; mf saint martin; pm saint pierre and
miquelon; vc saint vincent and the grenadines; ws samoa; sm san marino; st sao tome and principe; sa saudi arabia;
sn senegal; rs serbia; sc seychelles; sl sierra leone; sg singapore; sx sint maarten; sk slovakia; si slovenia; sb
solomon islands; so somalia; za south africa; gs south georgia and the south sandwich islands; ss south sudan; es
spain; lk sri lanka; sd sudan; sr suriname; sj svalbard and jan mayen; se sweden; ch switzerland; sy syria; tw
taiwan; tj tajikistan; tz tanzania; th thailand; tl timor-leste; tg togo; tk tokelau; to tonga; tt trinidad and
tobago; tn tunisia; tr turkey; tm turkmenistan; tc turks and caicos islands; tv tuvalu; ug uganda; ua ukraine; ae
united arab emirates; gb united kingdom; us united states; um united states minor outlying islands; uy uruguay; uz
uzbekistan; vu vanuatu; ve venezuela; vn vietnam; vg british virgin islands; vi us virgin islands; wf wallis and
futuna; eh western sahara; ye yemen; zm zambia; zw zimbabwe; xk kosovo
"""

#: Other spellings in the same form.
_ALSO = """
bs bahamas, the; bo bolivia, plurinational state of; bn brunei darussalam; mm burma; cv cape verde; cn china,
people's republic of; cn people's republic of china; cd congo, democratic republic of the; cd congo, the democratic
republic of the; cg congo, republic of the; cg republic of the congo; ci cote d ivoire; ci côte d'ivoire; ci ivory
coast; cz czech republic; tl east timor; er eritrean; fk falkland islands (malvinas); gb great britain; gm gambia,
the; gm the gambia; ir iran, islamic republic of; ir islamic republic of iran; kp korea, north; kp korea, democratic
people's republic of; kp democratic people's republic of korea; kr korea, south; kr korea, republic of; kr republic
of korea; la lao people's democratic republic; mo macao; mk macedonia; mk north macedonia, the republic of; im man,
isle of; fm micronesia, federated states of; md moldova, republic of; md republic of moldova; ps palestinian; ps
palestine, state of; ps region: gaza; ps region: west bank; ps west bank; ps gaza; re réunion; ru russian
federation; bl saint barthélemy; kn st. kitts and nevis; kn st. kitts & nevis; lc st. lucia; vc st. vincent and the
grenadines; sz swaziland; cw curaçao; sy syrian arab republic; st são tomé and príncipe; tw taiwan, province of
china; tz tanzania, united republic of; tz united republic of tanzania; tr türkiye; tr turkiye; gb united kingdom of
great britain and northern ireland; us united states of america; va vatican city; ve venezuela, bolivarian republic
of; vn viet nam; vg virgin islands, british; vi virgin islands, u.s.; vi virgin islands, us; ax åland islands; bq
bonaire
"""

#: What the lists call nationals, in the same form.
_NATIONALS = """
fr french; ly libyan arab jamahiriya; af afghan; al albanian; dz algerian; ar argentine; am armenian; au australian;
at austrian; az azerbaijani; bh bahraini; bd bangladeshi; by belarusian; be belgian; ba bosnian; br brazilian; gb
british; bg bulgarian; bi burundian; cm cameroonian; ca canadian; cf central african; td chadian; cl chilean; cn
chinese; co colombian; cg congolese; hr croatian; cu cuban; cy cypriot; dk danish; nl dutch; eg egyptian; ge georgian;
de german; gh ghanaian; gr greek; gn guinean; in indian; id indonesian; ir iranian; iq iraqi; ie irish; il israeli; it
italian; jp japanese; jo jordanian; kz kazakh; kz kazakhstani; ke kenyan; kw kuwaiti; kg kyrgyz; kg kyrgyzstani; lb
lebanese; lr liberian; ly libyan; my malaysian; mv maldivian; ml malian; mt maltese; mr mauritanian; mx mexican; md
moldovan; me montenegrin; ma moroccan; mz mozambican; mm burmese; np nepalese; ni nicaraguan; ng nigerian; kp north
korean; no norwegian; om omani; pk pakistani; pa panamanian; ph filipino; ph philippine; pl polish; pt portuguese; qa
qatari; ro romanian; ru russian; rw rwandan; sa saudi; sa saudi arabian; sn senegalese; rs serbian; sg singaporean; so
somali; za south african; kr south korean; ss south sudanese; es spanish; lk sri lankan; sd sudanese; se swedish; ch
swiss; sy syrian; tw taiwanese; tj tajik; tj tajikistani; tz tanzanian; th thai; tt trinidadian; tn tunisian; tr
turkish; tm turkmen; ug ugandan; ua ukrainian; ae emirati; us american; us us; us usa; uz uzbek; uz uzbekistani; ve
venezuelan; vn vietnamese; ye yemeni; zm zambian; zw zimbabwean; ae uae; gb uk; kp dprk; cd drc; ps state of
palestine; km union of the comoros; nl the netherlands; hk hong kong special administrative region; hk china, hong
kong special administrative region; mo macao special administrative region
"""

_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)$")


def _table(*texts: str) -> dict[str, str]:
    entries = (" ".join(entry.split()) for text in texts for entry in text.split(";"))
    return {name: code for code, _, name in (entry.partition(" ") for entry in entries)}


_CODES = _table(_ISO, _ALSO, _NATIONALS)
_KNOWN = frozenset(_CODES.values())


def known_country(text: str) -> str | None:
    """The code of a country's name, of its nationals' or of its code, in any case; None for words that are neither.

    ``Iran (Islamic Republic of)`` is read as ``Iran, Islamic Republic of``.
    """
    words = _SPACE.sub(" ", text).strip().lower().replace("\u2019", "'")
    return words if words in _KNOWN else _CODES.get(words) or _CODES.get(_BRACKETS.sub(r", \1", words))


def to_country(text: str) -> str:
    """The code of a country, or the words themselves where no country is known by them."""
    return known_country(text) or text.strip()
