"""The contract as documents, generated from the models, the topics and the settings: `python -m copydesk.shared.contract`."""
