"""The rows of a matrix as points of the plane."""
