"""Triage on the page: the inbox, an alert, and what their forms do.

`asked` reads what a link asks for, `done` what it says was done; `article` marks mentions and `view` shapes what an
alert's page shows, both pure. What is done to alerts is done by `steps.asked.judge`, as on the command line.
"""
