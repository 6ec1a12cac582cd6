"""Validated tables to one published release: a DuckDB file, Parquet files, and nothing half-done."""
