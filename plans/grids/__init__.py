"""Rows of a plan edited as a grid: one cell a field, all rows saved together or none."""
