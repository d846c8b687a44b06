"""What a person pastes: statements of NumPy, and error messages that name shapes."""
