"""The canvas: vectors as arrows that can be taken hold of."""
