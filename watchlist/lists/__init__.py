"""AUTHORITY FILE -> ENTITY.

    fetch -> recognise -> read -> guard

`fetch` downloads one state of a list, `recognise` asks the `forms` whose it is, the form's reader gives its entities
(with the pieces in `reading`, and `words` for what the authorities' words mean), `guard` refuses what must not replace
the last good state. What is stored is `storage`'s business, which entries are one is `subjects`'.
"""
