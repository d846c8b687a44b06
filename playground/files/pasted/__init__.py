"""Texts from a clipboard to blocks of numbers: tables, lists and matrices as other programs write them. No Qt."""
