"""What people look at: a build's summary, a query's result, a document beside what was made of it."""
