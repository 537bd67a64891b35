"""Who agreed to a plan, under which agreement, at what risk."""
