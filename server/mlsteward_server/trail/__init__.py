"""What is kept of a write: the audit log, answers that are repeated, and messages to send."""
