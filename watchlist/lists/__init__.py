"""AUTHORITY FILE -> ENTITY.

    fetch -> recognise -> read -> guard

`fetch` downloads one state of a list, `recognise` finds its form, `forms` has a reader for each, `guard` refuses
what must not replace the last good state. What is stored is `storage`'s business, which entries are one is
`subjects`'.
"""
