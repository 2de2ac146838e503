"""Reviews of access: what is in one, how two differ, and the page that is made of it."""
