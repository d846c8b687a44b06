"""The grid: one own-painted widget for operands and results, over a source that gives blocks."""
