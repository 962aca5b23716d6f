"""What the readers of all forms share: opening a file, walking its rows or elements, collecting an entity.

Bytes, rows and elements come in, drafts and entities go out. Nothing here knows a form or an authority.
"""
