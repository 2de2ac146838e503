"""Nothing in the environment says where to go."""

from tests.facade_support import isolated

__all__ = ["isolated"]
