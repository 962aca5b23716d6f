"""Articles against listed names: compile an index once, then screen any number of articles with an engine."""
