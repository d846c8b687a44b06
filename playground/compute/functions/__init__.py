"""What a row of the function table runs: NumPy's or CuPy's own, or ours, written once against the array module."""
