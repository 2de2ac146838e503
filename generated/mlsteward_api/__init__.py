# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.

"""A client library for accessing mlsteward"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
