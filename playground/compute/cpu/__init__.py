"""The CPU: NumPy as a backend, products and chains that NumPy alone makes slow, threads."""
