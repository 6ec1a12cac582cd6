"""A build in the forms that other people's tools read: CSV, JSON lines, Arrow streams, FHIR."""
