"""The benchmark of whole builds (tools/bench.py): what is measured, beside which floors and peers, and its page."""
