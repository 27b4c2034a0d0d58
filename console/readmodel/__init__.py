"""The read model: filters, counts, pages and search over a private DuckDB file."""
