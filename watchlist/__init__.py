"""Watch news feeds for mentions of sanctioned people, companies, vessels and organisations.

The flow is `pipeline`, the wiring `app`; each package says what happens in it. Importing this one imports none of them.
"""

__version__ = "0.1.0"
