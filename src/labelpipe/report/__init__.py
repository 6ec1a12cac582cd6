"""What people look at: report.html beside the database, and the pages that `labelpipe explore` shows."""
