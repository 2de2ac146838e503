"""Accounts, their API keys and their memberships."""
