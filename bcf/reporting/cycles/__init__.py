"""What each planning cycle asks, entry by entry, and how far it was verified."""
