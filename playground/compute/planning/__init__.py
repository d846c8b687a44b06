"""Before anything runs: steps, their order, their memory, and faster ways to the same numbers."""
