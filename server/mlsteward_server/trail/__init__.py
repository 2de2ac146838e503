"""The records of a write: audit events, answers to repeat, and messages to send."""
