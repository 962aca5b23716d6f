"""Is it news? Pure decisions about what a feed's entries and an article's page are.

Here stands which article an entry is, whether its words are new, whose copy it is, and whether its page is wanted.
Facts come in and decisions go out: no database, no network, no clock.
"""
