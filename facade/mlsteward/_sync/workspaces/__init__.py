# Derived from facade/mlsteward/_async/workspaces/__init__.py by scripts/derive_sync.py. Do not edit.
"""Workspaces: their plans and settings, members, service accounts and invitations."""
