"""Meaning to arrays: plans, the devices, and running a plan on one of them.

NumPy always, CuPy only when a GPU is first asked for, no Qt, no processes but the one that looks for a GPU. May
import ``language`` and below.
"""
