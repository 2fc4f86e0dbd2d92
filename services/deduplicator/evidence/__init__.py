"""From what the index knows to evidence: which texts share passages, and whether that makes one a copy."""
