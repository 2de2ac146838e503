"""Where the server keeps things: SQLite or PostgreSQL through SQLAlchemy Core."""
