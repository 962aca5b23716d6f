"""MENTION -> ALERT: which mentions open an alert and how it is told and explained; all pure.

Storage asks here within the transaction that writes the alert. Sending is `delivery`'s, judging a name is
`matching`'s.
"""
