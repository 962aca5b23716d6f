"""Taking away what is old and what nobody needs for an alert, in small transactions.

What may go is said in `candidates`, once for counting and for taking away. No lifetime is decided here, and nothing is
taken away that an alert rests on.
"""
