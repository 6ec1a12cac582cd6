"""What docs/cluster.md says that documents need is what tools/cluster_needs.py works out from what was measured."""

import subprocess
import sys
from pathlib import Path


def test_the_page_says_what_the_tool_prints(root: Path) -> None:
    printed = subprocess.run(
        [sys.executable, root / "tools/cluster_needs.py"], capture_output=True, text=True, check=True
    )
    assert f"$ python tools/cluster_needs.py\n{printed.stdout}```" in (root / "docs/cluster.md").read_text(
        encoding="utf-8"
    )
