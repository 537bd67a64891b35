"""What the money buys."""
