"""Where the work runs. An engine takes work and batches, and yields a manifest for each batch, in any order.

    run(work: Work, batches: Iterable[Batch], ...) -> Iterator[Manifest]

`work(batch)` parses a batch and leaves its rows on disk; it can be called again for the same batch, anywhere, and ends
with the same files. `work.give_up(batch, why)` does that for a batch of one document which kills whoever touches it.
"""
