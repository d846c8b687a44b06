"""Words of PyTorch, JAX and TensorFlow, read as NumPy does."""
