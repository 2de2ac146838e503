"""Nothing of the user's own configuration is used."""

from tests.facade_support import isolated

__all__ = ["isolated"]
