"""The sink that writes to PostgreSQL."""
