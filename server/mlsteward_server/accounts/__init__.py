"""Who is calling: accounts, the keys they call with, and the workspaces they are in."""
