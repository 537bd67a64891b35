"""Forms of agreements, programmes, and of what a plan's governance consists of."""
