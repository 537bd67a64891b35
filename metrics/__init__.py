"""What the money is meant to change, and whether it did."""
