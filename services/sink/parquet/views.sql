-- The fold of docs/decisions/0005 over Parquet, for DuckDB: the same tables and views, by the same names, as in SQLite and PostgreSQL.
-- ARTICLES, CORRECTIONS and RETRACTIONS stand for the files. `id` joins the tables.

CREATE OR REPLACE VIEW retractions AS
SELECT * EXCLUDE (day) FROM read_parquet('RETRACTIONS', hive_partitioning = true)
QUALIFY row_number() OVER (PARTITION BY key ORDER BY "at" DESC, state = 'retracted' DESC, reason DESC, source DESC) = 1;

-- articles that were taken back, by themselves or with their source: nothing below knows them, nor a match with them
CREATE OR REPLACE VIEW taken_back AS
SELECT article_id FROM retractions WHERE article_id IS NOT NULL AND state = 'retracted'
UNION
SELECT a.article_id FROM read_parquet('ARTICLES', hive_partitioning = true) a
JOIN retractions r ON r.article_id IS NULL AND r.source = a.source AND r.state = 'retracted'
LEFT JOIN retractions o ON o.article_id = a.article_id
WHERE o.key IS NULL OR o."at" < r."at";

CREATE OR REPLACE VIEW came AS
SELECT *, max(written_ms) OVER (PARTITION BY article_id, revision, made) AS group_ms, min(ingested_at) OVER (PARTITION BY article_id, revision) AS first_at
FROM read_parquet('ARTICLES', hive_partitioning = true) WHERE article_id NOT IN (SELECT article_id FROM taken_back);

-- of the records of each node the one that stands for it
CREATE OR REPLACE VIEW standing AS
SELECT * FROM came QUALIFY row_number() OVER (
    PARTITION BY article_id, revision ORDER BY releases DESC, common_version DESC, group_ms DESC, fetched_at DESC NULLS LAST, record
) = 1;

CREATE OR REPLACE VIEW facts AS
SELECT * FROM read_parquet('CORRECTIONS', hive_partitioning = true)
WHERE article_id NOT IN (SELECT article_id FROM taken_back) AND other_article_id NOT IN (SELECT article_id FROM taken_back)
QUALIFY row_number() OVER (PARTITION BY fact_id ORDER BY value) = 1;

-- every view on a pair: of all records by the versions that stand, and of the facts that nothing newer has superseded
CREATE OR REPLACE VIEW seen AS
SELECT s.article_id, s.revision, s.common_version AS seen_with, m.*
FROM standing s
JOIN (SELECT article_id, revision, made, unnest(matches) AS m FROM came) c
    ON c.article_id = s.article_id AND c.revision = s.revision AND c.made = s.made
CROSS JOIN LATERAL (SELECT unnest(c.m)) AS m
WHERE m.other_article_id NOT IN (SELECT article_id FROM taken_back)
UNION ALL
SELECT s.article_id, s.revision, f.common_version, f.other_article_id, f.other_revision, f.other_ingested_at, f.kind, f.resemblance,
    f.containment, f.containment_of_other, f.shared, f.passages, f.weight
FROM standing s JOIN facts f ON f.article_id = s.article_id AND f.revision = s.revision
WHERE NOT (f.release = s.deduplicator_release AND f.version <> s.deduplicator_version)
    AND NOT ((f.release, f.common_version) < (s.deduplicator_release, s.common_version));

-- when each node came in, as far as anything tells
CREATE OR REPLACE VIEW moments AS
SELECT s.article_id, s.revision, least(s.first_at, coalesce(min(f.ingested_at), s.first_at)) AS moment
FROM standing s LEFT JOIN facts f ON f.article_id = s.article_id AND f.revision = s.revision
GROUP BY s.article_id, s.revision, s.first_at;

-- one match for each pair, with what is earlier than the node, in order: copies first, then shared background
CREATE OR REPLACE VIEW placed AS
WITH joined AS (
    SELECT *, min(other_ingested_at) OVER pair AS earliest, row_number() OVER (pair ORDER BY seen_with DESC, shared DESC, weight DESC) AS place
    FROM seen WINDOW pair AS (PARTITION BY article_id, revision, other_article_id, other_revision)
)
SELECT j.* EXCLUDE (place, other_ingested_at), j.earliest AS other_ingested_at, j.kind = 'shared_background' AS is_background,
    row_number() OVER (
        PARTITION BY j.article_id, j.revision, j.kind = 'shared_background' ORDER BY j.earliest, j.other_article_id, j.other_revision
    ) AS number
FROM joined j JOIN moments n ON n.article_id = j.article_id AND n.revision = j.revision
WHERE j.place = 1 AND (j.earliest, j.other_article_id, j.other_revision) < (n.moment, j.article_id, j.revision);

CREATE OR REPLACE VIEW matches AS
SELECT article_id || ' ' || revision AS article,
    row_number() OVER (PARTITION BY article_id, revision ORDER BY is_background, number) - 1 AS position,
    other_article_id, other_revision, kind, resemblance, containment, containment_of_other, passages, other_ingested_at, shared, weight
FROM placed WHERE number <= CASE WHEN is_background THEN 10 ELSE 100 END;

CREATE OR REPLACE VIEW articles AS
WITH copies AS (
    SELECT article_id, revision, count(*) AS copies, arg_min(kind, number) AS kind, arg_min(other_article_id, number) AS duplicate_of
    FROM placed WHERE NOT is_background GROUP BY article_id, revision
), capped AS (
    SELECT article_id, revision, made, bool_or(capped) AS capped FROM came GROUP BY article_id, revision, made
)
SELECT s.article_id || ' ' || s.revision AS id, s.article_id, s.revision, s.first_at AS ingested_at, s.fetched_at, s.published_at, s.title, s.body,
    s.author, s.source, s.url, s.language, s.dateline_place, s.dateline_date, s.dateline_agency,
    CASE WHEN coalesce(c.copies, 0) > 0 THEN 'duplicate' ELSE 'unique' END AS status, c.kind, c.duplicate_of,
    CAST(p.capped OR coalesce(c.copies, 0) > 100 AS INTEGER) AS capped, s.record, s.releases, s.common_version, s.group_ms AS written_ms, s.day
FROM standing s
JOIN capped p ON p.article_id = s.article_id AND p.revision = s.revision AND p.made = s.made
LEFT JOIN copies c ON c.article_id = s.article_id AND c.revision = s.revision;

CREATE OR REPLACE VIEW entities_and_mentions AS
SELECT article_id || ' ' || revision AS article, unnest(range(len(entities))) AS position, unnest(entities) AS entity FROM standing;

CREATE OR REPLACE VIEW entities AS
SELECT article, position, entity.canonical AS canonical, entity.type AS type, entity.count AS count, entity.salience AS salience,
    entity.link_id AS link_id, entity.link_score AS link_score, entity.link_method AS link_method
FROM entities_and_mentions;

CREATE OR REPLACE VIEW mentions AS
SELECT article, entity, position, mention.start AS start, mention."end" AS "end", mention.text AS text
FROM (
    SELECT article, position AS entity, unnest(range(len(entity.mentions))) AS position, unnest(entity.mentions) AS mention FROM entities_and_mentions
);

CREATE OR REPLACE VIEW articles_current AS
SELECT * FROM articles QUALIFY row_number() OVER (
    PARTITION BY article_id
    ORDER BY coalesce(fetched_at, ingested_at) DESC, releases DESC, common_version DESC, written_ms DESC, revision DESC
) = 1;

CREATE OR REPLACE VIEW duplicates AS
SELECT a.article_id, a.revision, a.title, a.source, a.ingested_at, a.kind, a.duplicate_of,
    m.resemblance, m.containment, m.containment_of_other,
    o.title AS original_title, o.source AS original_source, o.ingested_at AS original_ingested_at,
    CAST(round(epoch(CAST(a.ingested_at AS TIMESTAMP) - CAST(o.ingested_at AS TIMESTAMP))) AS BIGINT) AS delay_s
FROM articles_current a
LEFT JOIN matches m ON m.article = a.id AND m.position = 0
LEFT JOIN articles r ON r.article_id = m.other_article_id AND r.revision = m.other_revision
LEFT JOIN (
    SELECT *, coalesce(fetched_at, ingested_at) AS moment FROM articles QUALIFY row_number() OVER (
        PARTITION BY article_id, coalesce(fetched_at, ingested_at) ORDER BY releases DESC, common_version DESC, written_ms DESC, revision DESC
    ) = 1
) o ON o.article_id = r.article_id AND o.moment = coalesce(r.fetched_at, r.ingested_at)
WHERE a.status = 'duplicate';

CREATE OR REPLACE VIEW links AS
SELECT link_id, type, min(canonical) AS canonical, count(DISTINCT article) AS articles, sum(count) AS mentions
FROM articles_current a JOIN entities e ON e.article = a.id WHERE link_id IS NOT NULL GROUP BY link_id, type;
