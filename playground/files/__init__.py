"""Formats in and out. NumPy; never a pickle. May import ``workspace`` and below."""
