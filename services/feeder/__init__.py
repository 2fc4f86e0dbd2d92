"""The feeder: looks into feeds and sitemaps, as often as they change, and puts the addresses of new and changed articles onto articles.urls.

__main__.py   the service                      shard.py      one partition's sources: which is due, and what came of it
looks.py      one look into one source         documents.py  a feed or a sitemap as items
memory.py     what is remembered of a source   intervals.py  when to look again
items.py      an item as a record              files.py      feeds.toml and OPML
sources.py    sources on their topic           discovery.py  the feeds and sitemaps of a site
"""
