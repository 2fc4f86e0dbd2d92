-- an article whose source is not named is of its address's host: it is counted with it, and taken back with it

UPDATE articles SET source = source_of(source, url) WHERE coalesce(source, '') = '' AND source_of(source, url) <> '';
