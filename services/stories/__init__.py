"""Story threads: which articles tell of the same event. docs/stories.md says what a story is and how it is found."""
