"""What each operation does, one module for each domain of the spec, one function for each operation."""
