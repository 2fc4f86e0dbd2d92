-- an article whose source is not named is of its address's host: it is counted with it, and taken back with it

UPDATE articles SET source = regexp_replace(lower(substring(url FROM '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^][/?#@:]+)')), '^www\.', '')
WHERE coalesce(source, '') = '' AND url ~ '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?[^][/?#@:]+';
UPDATE searchable s SET source = a.source FROM articles a WHERE a.id = s.article AND s.source IS DISTINCT FROM a.source;
