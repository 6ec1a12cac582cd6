"""A build's summary, on stderr."""

from labelpipe.pipeline import Summary


def summary_lines(summary: Summary) -> list[str]:
    """Return what a person wants to know after a build, in ten seconds."""
    if not summary.is_published:
        rejected = f" ({summary.n_rejected} of them rejected, as before)" if summary.n_rejected else ""
        return [f"nothing has changed in {summary.n_documents} documents{rejected}; {summary.output} stands as it was"]
    n_built = summary.n_parsed + summary.n_reused
    lines = [f"{n_built} of {summary.n_documents} documents built into {summary.output} in {summary.seconds:.0f} s"]
    told = (
        (summary.n_reused, "were carried over from the last build, and {rest} parsed"),
        (summary.n_removed, "of the last build are not given any more"),
        (summary.n_duplicates, "were given twice and stand there once"),
        (summary.n_rejected, "documents were rejected"),
        (summary.n_rejected_rows, "rows were rejected"),
    )
    lines += [f"{count} {words.format(rest=summary.n_parsed)}" for count, words in told if count]
    if summary.n_rejected or summary.n_rejected_rows:
        lines.append('why: labelpipe query "SELECT source_path, rule, message FROM rejects" -o ' + str(summary.output))
    return lines + [f"published all the same: {doubt}" for doubt in summary.doubts]
