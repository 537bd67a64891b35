"""Whose plan, for which cycle, with what money."""
