"""The process that computes: its protocol, the server in it, the client outside it. No Qt.

May import ``explain``, ``compute`` and below.
"""
