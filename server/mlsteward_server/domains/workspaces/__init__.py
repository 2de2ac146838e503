"""Workspaces, their members, service accounts and invitations."""
