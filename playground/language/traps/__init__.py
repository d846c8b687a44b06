"""What runs but may surprise."""
