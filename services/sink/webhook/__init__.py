"""The sink that sends each record to another service by HTTP."""
