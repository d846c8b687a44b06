"""The GPU: CuPy as a backend, what evens out its differences, and why there is none. CuPy is imported lazily."""
