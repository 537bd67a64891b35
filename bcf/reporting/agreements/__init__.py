"""Pages of section 75 agreements: the register, one agreement, its events, and reports."""
