"""Access control: the rules, and the code that checks, explains and lists access."""
