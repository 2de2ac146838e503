# Derived from facade/mlsteward/_async/__init__.py by scripts/derive_sync.py. Do not edit.
"""One module for each domain. `_sync/` is derived from these: edit here and run `make generate`."""
