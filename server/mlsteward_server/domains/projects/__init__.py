"""Projects and their rosters."""
