"""Geometry of the canvas, without Qt: vectors, planes, maps, norms and points as numbers and words. Imports as `explain`."""
