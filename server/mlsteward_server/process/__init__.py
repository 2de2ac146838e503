"""Start a server, or embed one in the process."""
