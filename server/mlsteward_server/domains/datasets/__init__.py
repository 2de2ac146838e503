"""Datasets and the permissions on them."""
