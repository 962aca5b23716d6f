"""What commands share: the options before the command, the configuration and store behind them, how results are shown.

Nothing in here knows a single command, and nothing decides: a command asks a stage or a step, and shows the answer.
"""
