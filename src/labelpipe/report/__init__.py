"""What people look at: report.html, one offline file beside the database, and the pages that `labelpipe explore` shows."""

from labelpipe.report.write import write_report

__all__ = ["write_report"]
