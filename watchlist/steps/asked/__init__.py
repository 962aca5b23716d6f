"""What people ask for outside of any run, over several stages: articles taken in, entities looked up, thresholds tried.

Each is a function that a command calls with its store. What a run does in its turn stands next door.
"""
