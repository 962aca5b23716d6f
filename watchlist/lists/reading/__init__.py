"""What the readers of all forms share: opening a file, walking it, and collecting an entity until it is complete.

Bytes, rows and elements come in, drafts and entities go out. Nothing here knows a form or an authority.
"""
