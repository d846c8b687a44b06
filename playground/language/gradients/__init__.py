"""Gradients as formulas: reverse mode over the tree."""
