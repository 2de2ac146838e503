"""Turn a request into an answer."""
