"""The sink that writes Parquet: a lake of files, a folder a day, that DuckDB, pandas and Spark read."""
