"""Pages and an API over the same functions as the command line.

`site` is what both stand on, `application` puts them together. Who asks, and whether they may, is found out in
`security`; `pages` answers with HTML, `api` with JSON. Nothing is decided here that the command line decides too.
"""
