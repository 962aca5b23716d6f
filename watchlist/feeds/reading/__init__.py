"""BYTES -> ENTRIES: whatever a feed's address may give, read to the end however damaged.

May take as long as a document likes: it is called in the `sandbox`. No network and no database here.
"""
