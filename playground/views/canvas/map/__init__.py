"""A matrix that acts on the plane: grid, circle, picture and vectors before and after, hands on its columns."""
