"""The user's document: named arrays and formulas, the edits on them, and undo.

Immutable values, NumPy only. May import ``language`` (dependencies, renames) and below.
"""
