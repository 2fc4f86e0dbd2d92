-- articles with what is in them, corrections, and full-text search; texts that are compared sort by their bytes, as in SQLite

CREATE TABLE articles (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    article_id TEXT COLLATE "C" NOT NULL, revision TEXT COLLATE "C" NOT NULL,
    ingested_at TIMESTAMPTZ NOT NULL, fetched_at TIMESTAMPTZ, published_at TEXT COLLATE "C",
    title TEXT, body TEXT NOT NULL, author TEXT, source TEXT COLLATE "C", url TEXT COLLATE "C", language TEXT COLLATE "C",
    dateline_place TEXT, dateline_date TEXT COLLATE "C", dateline_agency TEXT,
    status TEXT NOT NULL, kind TEXT, duplicate_of TEXT COLLATE "C", capped INTEGER NOT NULL,
    record JSONB NOT NULL, verdict JSONB NOT NULL,
    releases TEXT COLLATE "C" NOT NULL, common_version TEXT COLLATE "C" NOT NULL, written_ms BIGINT NOT NULL,
    search TSVECTOR NOT NULL,
    UNIQUE (article_id, revision)
);
CREATE INDEX articles_ingested ON articles (ingested_at);
CREATE INDEX articles_published ON articles (published_at);
CREATE INDEX articles_source ON articles (source, ingested_at);
CREATE INDEX articles_url ON articles USING hash (url);
CREATE INDEX articles_duplicate_of ON articles USING hash (duplicate_of);
CREATE INDEX articles_search ON articles USING gin (search);
CREATE INDEX articles_record ON articles USING gin (record jsonb_path_ops);

CREATE TABLE entities (
    article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    canonical TEXT COLLATE "C" NOT NULL, type TEXT COLLATE "C" NOT NULL, count INTEGER NOT NULL, salience DOUBLE PRECISION NOT NULL,
    link_id TEXT COLLATE "C", link_score DOUBLE PRECISION, link_method TEXT,
    PRIMARY KEY (article, position)
);
CREATE INDEX entities_canonical ON entities USING hash (canonical);
CREATE INDEX entities_link ON entities USING hash (link_id);

CREATE TABLE mentions (
    article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, entity INTEGER NOT NULL, position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (article, entity, position)
);

CREATE TABLE matches (
    article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    other_article_id TEXT COLLATE "C" NOT NULL, other_revision TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL,
    resemblance DOUBLE PRECISION NOT NULL, containment DOUBLE PRECISION NOT NULL, containment_of_other DOUBLE PRECISION NOT NULL,
    passages JSONB NOT NULL,
    PRIMARY KEY (article, position)
);
CREATE INDEX matches_other ON matches (other_article_id, other_revision);

CREATE TABLE facts (
    fact_id TEXT COLLATE "C" PRIMARY KEY, article_id TEXT COLLATE "C" NOT NULL, revision TEXT COLLATE "C" NOT NULL, value BYTEA NOT NULL
);
CREATE INDEX facts_node ON facts (article_id, revision);

-- the words of a text in the form that its language's dictionary gives them; what has no dictionary is searched as it is written
CREATE FUNCTION text_search_of(language TEXT) RETURNS REGCONFIG LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE split_part(lower(coalesce(language, '')), '-', 1)
        WHEN 'ar' THEN 'arabic' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english'
        WHEN 'es' THEN 'spanish' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian'
        WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch' WHEN 'no' THEN 'norwegian' WHEN 'nb' THEN 'norwegian' WHEN 'pt' THEN 'portuguese'
        WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'tr' THEN 'turkish'
        ELSE 'simple' END::regconfig
$$;
