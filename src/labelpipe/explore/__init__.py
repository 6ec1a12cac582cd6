"""`labelpipe explore`: a build as a small web page, read-only, in which no document can run script."""
