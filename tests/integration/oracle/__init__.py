"""Answers to the figures of the reference plans, each worked out by the product's own functions."""
