"""Matrix Playground: the best place to touch a matrix."""
