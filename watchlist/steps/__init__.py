"""The steps of the flow that take more than one stage.

`pipeline` calls them in order; each takes the stages it needs and the store, and does one thing: bring a list up to
date, screen an article, make the index, find the faults. No step knows another's order, and no SQL, HTTP or score
stands here.
"""
