"""Datasets, and who was granted what on them."""
