"""From tokens to sketches: the sample of a text's shingles, and the common text that is left out."""
