-- words that begin so (harb*), up to six letters, are found in an index of their own: without one, all words that do are merged

DROP TABLE articles_fts;
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4 5 6'
);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
