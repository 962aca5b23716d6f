"""What people made of alerts as rows: judgements, what dismissals and silences hold back, which alerts are wanted.

What becomes of an alert, and whether a dismissal holds, is asked of `watchlist.alerts`. No alert is opened here.
"""
