"""Serving, starting and embedding."""
