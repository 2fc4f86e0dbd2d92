-- what answers take that are read page by page: newest first, by source, by language, by status, by name in any case of letters, by type

CREATE INDEX articles_newest ON articles (ingested_at, article_id);
CREATE INDEX articles_of_source ON articles (source, ingested_at, article_id);
CREATE INDEX articles_of_language ON articles (language, ingested_at, article_id);
CREATE INDEX articles_of_status ON articles (status, ingested_at, article_id);
CREATE INDEX entities_name ON entities (lower(canonical), article);
CREATE INDEX entities_type ON entities (type, article);
DROP INDEX articles_ingested;
DROP INDEX articles_source;
