"""Workspaces: their plans and settings, members, service accounts and invitations."""
