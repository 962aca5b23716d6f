"""Pages: a module for each place in the menu, over the same functions as the command of that name.

`rendering` makes HTML of a template and what stands in it.
"""
