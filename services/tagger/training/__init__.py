"""How the models are made. Needs the `training` extra; nothing at run time imports from here."""
