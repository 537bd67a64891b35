"""A board's money over the years, across cycles, in one vocabulary."""
