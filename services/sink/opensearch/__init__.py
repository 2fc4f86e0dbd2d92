"""The sink that writes to OpenSearch: a document for each node, folded as everywhere, searched through aliases."""
