-- what a search looks at of each article, in narrow rows; those of before come in little by little (searchable.py)

CREATE TABLE searchable (
    article BIGINT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    article_id TEXT COLLATE "C" NOT NULL, ingested_at TIMESTAMPTZ NOT NULL,
    source TEXT COLLATE "C", language TEXT COLLATE "C", status TEXT NOT NULL, duplicate_of TEXT COLLATE "C",
    current BOOLEAN NOT NULL, -- whether articles_current has it
    words TSVECTOR NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE searchable ALTER COLUMN words SET STORAGE EXTERNAL; -- not packed: a phrase is looked for in it
CREATE INDEX searchable_newest ON searchable (ingested_at, article_id);
CREATE INDEX searchable_source ON searchable (source, ingested_at, article_id);
CREATE INDEX searchable_language ON searchable (language, ingested_at, article_id);
CREATE INDEX searchable_status ON searchable (status, ingested_at, article_id);
CREATE INDEX searchable_words ON searchable USING gin (words) WITH (gin_pending_list_limit = 512);

CREATE TABLE not_searchable_yet (article BIGINT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE);
INSERT INTO not_searchable_yet SELECT id FROM articles;

DROP INDEX articles_of_language, articles_of_status;
DROP INDEX entities_name, entities_link;
CREATE INDEX entities_name ON entities (lower(canonical), article) INCLUDE (canonical, type, count, link_id);
CREATE INDEX entities_link ON entities (link_id, article) INCLUDE (canonical, type, count);
