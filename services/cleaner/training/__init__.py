"""How the line model is trained. Nothing here is needed to run the cleaner."""
