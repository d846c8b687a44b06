"""The canvas's geometry, without Qt: vectors, planes, maps, norms and points as numbers and words.

Imports as ``explain``.
"""
