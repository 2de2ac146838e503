"""Who may do what: the rules, what they are asked about, and whoever enforces, explains and lists them."""
