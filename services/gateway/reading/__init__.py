"""Questions: of articles, names and sources to the archive; of services, dead letters and an article's way to Kafka."""
