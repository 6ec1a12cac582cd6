"""A build's summary, on stderr."""

from labelpipe.pipeline import Summary


def summary_lines(summary: Summary) -> list[str]:
    """Return what a person wants to know after a build."""
    lines = [f"{summary.n_parsed} of {summary.n_documents} documents built into {summary.output}"]
    if summary.n_duplicates:
        lines.append(f"{summary.n_duplicates} were given twice and stand there once")
    if summary.n_rejected:
        lines.append(f"{summary.n_rejected} documents were rejected")
    if summary.n_rejected_rows:
        lines.append(f"{summary.n_rejected_rows} rows were rejected")
    if summary.n_rejected or summary.n_rejected_rows:
        lines.append('why: labelpipe query "SELECT source_path, rule, message FROM rejects" -o ' + str(summary.output))
    return lines
