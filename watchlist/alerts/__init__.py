"""MENTION -> ALERT: which mentions open an alert, why it comes now, and what explains it; all pure.

Storage asks here within the transaction that writes the alert. Sending is `delivery`'s, judging a name is
`matching`'s.
"""
