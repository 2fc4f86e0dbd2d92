-- NHK東京 is found by NHK, by 東京 and as it is: of an article with a script without spaces all words are in one index, its marks (Thai) among them

DROP TABLE articles_characters;
CREATE VIRTUAL TABLE articles_characters USING fts5 (title, body, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");
INSERT INTO articles_characters (rowid, title, body)
SELECT id, spaced(coalesce(title, '')), spaced(body) FROM articles WHERE unspaced_only(coalesce(title, '') || body) <> '';
