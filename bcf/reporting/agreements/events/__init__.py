"""Pages on which the terms of an agreement change."""
