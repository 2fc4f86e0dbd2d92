"""Stories of what was told of articles: how one reads, and when an article was published. Finding them is the service's part (docs/stories.md)."""
