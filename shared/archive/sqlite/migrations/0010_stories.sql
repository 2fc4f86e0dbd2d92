-- which story an article tells, as it was told last on articles.stories (docs/stories.md)

CREATE TABLE article_stories (
    article_id TEXT PRIMARY KEY, story TEXT NOT NULL, role TEXT NOT NULL,
    nearest TEXT, score REAL, copied INTEGER NOT NULL, names TEXT NOT NULL, terms TEXT NOT NULL, hours REAL,
    version TEXT NOT NULL, at TEXT NOT NULL, told TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX article_stories_story ON article_stories (story);
CREATE INDEX article_stories_nearest ON article_stories (nearest) WHERE nearest IS NOT NULL;
CREATE TRIGGER story_of_article_deleted AFTER DELETE ON articles WHEN NOT EXISTS (SELECT 1 FROM articles WHERE article_id = old.article_id) BEGIN
    DELETE FROM article_stories WHERE article_id = old.article_id;
END;
