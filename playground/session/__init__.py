"""Now: the current snapshot, its history, and the thread that speaks to the engine. QtCore only.

May import ``engine`` and below.
"""
