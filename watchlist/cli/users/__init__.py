"""``watchlist users``: who may use the page and the API.

Passwords are asked for or come by standard input, never as an argument; what is one is `web.security.passwords`' word.
"""
