"""The mlsteward server: one WSGI application, run inside the process or served to a team."""

__version__ = "0.1.0"
