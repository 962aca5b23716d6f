"""Subjects: found by name on all lists, each with a card, and what people decide of one.

`search` finds, `card` gathers what is known (`about`) and shows it, `act` does what its forms ask for. Entities of a
list of the user's are edited with their list, in `lists`.
"""
