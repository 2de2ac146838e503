"""What happened: the audit log."""
