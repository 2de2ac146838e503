"""Projects and the people on their rosters."""
