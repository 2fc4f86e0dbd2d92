"""The line model: features of lines, and the trained networks that tell the article's lines from the page's."""
