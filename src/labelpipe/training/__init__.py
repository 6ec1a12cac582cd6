"""What `make train` runs: the corpora and our own monographs in, the model file out. Needs scipy and lxml."""
