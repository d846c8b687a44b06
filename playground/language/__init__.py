"""Text to meaning: parsing, the function table, shapes, problems and their repairs.

No arrays, no Qt. NumPy is imported for dtype promotion and for the shapes of views only. May import
``paths``, ``settings`` and ``translation``.
"""
