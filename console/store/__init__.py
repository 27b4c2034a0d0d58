"""The truth: state rows, events, outbox and change feed in SQLite or PostgreSQL."""
