"""AUTHORITY FILE -> ENTITY.

    fetch -> recognise -> read -> guard

`fetch` gets one state of a list, `download` one file of it, when `schedule` says so; `recognise` asks the `forms` whose
it is, the form's reader gives its entities (with the pieces in `reading`, and `words` for what the authorities' words
mean), `press` adds names that the press uses, `guard` refuses what must not replace the last good state. What is stored
is `storage`'s business, which entries are one is `subjects`'.
"""
