-- full-text search in scripts without spaces: each character is a word (shared/archive/spacing.py); only articles with such text are in it

CREATE VIRTUAL TABLE articles_characters USING fts5 (title, body, tokenize='unicode61 remove_diacritics 0');
INSERT INTO articles_characters (rowid, title, body)
SELECT id, unspaced_only(coalesce(title, '')), unspaced_only(body) FROM articles WHERE unspaced_only(coalesce(title, '') || body) <> '';
CREATE TRIGGER characters_deleted AFTER DELETE ON articles BEGIN
    DELETE FROM articles_characters WHERE rowid = old.id;
END;
