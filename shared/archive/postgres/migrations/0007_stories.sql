-- which story an article tells, as it was told last on articles.stories (docs/stories.md)

CREATE TABLE article_stories (
    article_id TEXT COLLATE "C" PRIMARY KEY, story TEXT COLLATE "C" NOT NULL, role TEXT NOT NULL,
    nearest TEXT COLLATE "C", score DOUBLE PRECISION, copied INTEGER NOT NULL, names JSONB NOT NULL, terms JSONB NOT NULL, hours DOUBLE PRECISION,
    version TEXT NOT NULL, at TIMESTAMPTZ NOT NULL, told TEXT COLLATE "C" NOT NULL
);
CREATE INDEX article_stories_story ON article_stories (story);
CREATE INDEX article_stories_nearest ON article_stories (nearest) WHERE nearest IS NOT NULL;
CREATE INDEX searchable_article ON searchable (article_id); -- for the articles of a story

-- whoever changes what is told holds this lock, after all others, until the transaction ends: rows that are not there yet cannot be locked
CREATE FUNCTION hold_stories() RETURNS VOID LANGUAGE sql AS $$ SELECT pg_advisory_xact_lock(1668247667) $$;
CREATE FUNCTION forget_story_of_article() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM articles WHERE article_id = OLD.article_id) THEN
        PERFORM hold_stories();
        DELETE FROM article_stories WHERE article_id = OLD.article_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER story_of_article_deleted AFTER DELETE ON articles FOR EACH ROW EXECUTE FUNCTION forget_story_of_article();
