"""Comparing devices: races, sweeps over sizes, this machine's peak, and what many runs tell."""
