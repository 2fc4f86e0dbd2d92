"""From a text to its tokens, and which of them stand in prose."""
