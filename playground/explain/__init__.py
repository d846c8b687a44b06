"""Meaning and arrays to reasons: why a number is what it is, and the geometry of a pair of vectors.

Frozen values, no Qt; runs in the engine, where the data is. May import ``compute`` and below.
"""
