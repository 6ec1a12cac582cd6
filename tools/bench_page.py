"""Make the tables and the chart of docs/benchmark.md out of docs/benchmark/*.json.

python tools/bench_page.py [--check]
"""

import sys

from benchmark.page import stale, write_page


def main() -> None:
    """Write the page, or with --check fail where it is stale."""
    if "--check" in sys.argv[1:]:
        found = stale()
        sys.exit(f"stale: {', '.join(found)}; run `python tools/bench_page.py`" if found else 0)
    write_page()


if __name__ == "__main__":
    main()
