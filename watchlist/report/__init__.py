"""The report of a period: its alerts in numbers, drawn, in tables, as CSV and JSON.

The numbers are counted in `alerts.period`: here they are asked for (`covered`), drawn (`charts`) and worded (`page`,
`figures`), for a file or as part of a page. Nothing is fetched, and nothing is changed.
"""
