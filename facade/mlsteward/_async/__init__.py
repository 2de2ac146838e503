"""One module for each domain. `_sync/` is derived from these: edit here and run `make generate`."""
