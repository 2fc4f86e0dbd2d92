"""The sink: enriched records and corrections into tables that people query. Writing something twice changes nothing."""
