"""What the engine knows of single languages: a folder of word files each, named by the language's ISO 639 code.

A pack is found by being there; `docs/languages.md` says what files it may have. The code has no
word of any language.
"""
