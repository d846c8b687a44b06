"""What mends a mistake: read when the first one is made."""
