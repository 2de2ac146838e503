"""The version of the package, readable without looking up what is installed."""

__version__ = "0.1.0"
