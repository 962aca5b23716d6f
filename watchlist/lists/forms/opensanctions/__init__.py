"""OpenSanctions: the index of a dataset, its two forms, and the changes between two states."""
