"""SQLite: one file, write-ahead log, full-text search."""
