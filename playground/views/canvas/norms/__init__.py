"""Lengths of vectors: the unit balls of the p-norms, and what clipping by norm and by value does to a vector."""
