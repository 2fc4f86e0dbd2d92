"""The sink that writes JSON lines: files that are put aside when they are large or old, and packed."""
