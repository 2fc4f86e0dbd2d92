"""POST /articles: bodies of any form onto articles.raw, every record confirmed or refused by name."""
