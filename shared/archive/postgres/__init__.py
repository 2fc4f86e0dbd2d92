"""PostgreSQL: the archive's second database, with the tables of the first."""
