"""What the authorities' words mean: countries, languages, dates, the order of a person's names.

Text goes in, codes and ISO dates come out, the same for every list. Nothing here reads a file or knows a form.
"""
