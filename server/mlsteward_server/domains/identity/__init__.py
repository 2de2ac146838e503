"""Accounts and the API keys they call with."""
