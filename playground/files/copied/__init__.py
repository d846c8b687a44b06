"""Blocks of numbers to texts that other programs read, at full precision. No Qt."""
