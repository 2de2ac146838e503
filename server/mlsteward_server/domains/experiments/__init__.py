"""Experiments and their assets."""
