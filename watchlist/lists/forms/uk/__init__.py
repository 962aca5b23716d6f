"""The United Kingdom's lists: the UK Sanctions List as CSV and XML, and OFSI's closed ConList."""
