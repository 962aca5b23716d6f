"""Days as people write them into a list's cells: several in one, in many languages and three calendars.

`date_cells` reads a cell by the words that `date_words` goes through; `calendars` and `months` are what it knows.
"""
