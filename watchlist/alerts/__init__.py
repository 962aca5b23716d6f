"""MENTION -> ALERT: which mentions open an alert, and where alerts go."""
