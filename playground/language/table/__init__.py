"""The function table: one row for each function. Rows read the rules."""
