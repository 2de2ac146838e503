"""Work that is accepted at once and carried out later, in steps."""
