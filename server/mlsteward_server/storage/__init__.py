"""The storage of the server: SQLite or PostgreSQL through SQLAlchemy Core, and files."""
