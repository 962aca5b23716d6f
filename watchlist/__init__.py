"""Watch news feeds for mentions of sanctioned people, companies, vessels and organisations."""

__version__ = "0.1.0"
