"""The Swiss list (SECO), with the way it orders the parts of names."""
