"""The expression: formula bar, shape ribbon, problems, and the equation laid out as grids."""
