"""The effective access of accounts, and the rules that give it."""
