"""How the term frequencies and the model of story threads are made. Nothing here is needed to run it."""
