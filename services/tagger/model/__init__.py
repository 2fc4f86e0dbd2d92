"""The tagging model: a paragraph in, labelled spans out. Needs numpy, tokenizers, onnxruntime and spaCy, nothing of the training side."""
