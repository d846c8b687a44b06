"""What is seen: widgets that show a snapshot and tell wishes. Nothing here decides or computes.

May import ``session`` and below. pyqtgraph is imported when a chart is first needed, not before.
"""
