"""ARTICLE x ENTITIES -> MENTION: compile an index of listed names once, then screen any number of articles.

`language` knows words, `index` listed names, `search` finds where one may stand, `evidence` judges whether it is meant;
`engine` puts them together for a text, `match` for two names. No database, no network, no clock, and no alert.
"""
