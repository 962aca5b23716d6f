"""The evidence: each feature is a function of one candidate that says how far it holds (0 to 1) and in what words.

None means that the feature does not apply. The first sentence of each docstring is published in docs/tuning.md. Weights
stand in `evidence.score` and nowhere else; nothing here looks for names.
"""
