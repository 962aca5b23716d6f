"""What goes by piece by piece, so that a file of any size takes the memory for one entity.

JSON by lines and as one document, rows of spreadsheets, and values put together on disk.
"""
