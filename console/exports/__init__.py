"""Exports: rows as files, one module per sort of file."""
