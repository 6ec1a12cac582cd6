"""The tool that times the documented questions asks every one of them; how long they take is told by their own page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_every_documented_question_is_asked(root: Path, built: Path) -> None:
    command = [sys.executable, str(root / "tools/bench_questions.py"), str(built / "output"), "--documents", "40"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    asked = re.findall(r"^\| ([^|]+) \| +[\d.]+ \|", told.stdout, re.M)
    page = (root / "docs/questions.md").read_text(encoding="utf-8")
    questions = re.findall(r"^([^\n`]+)\n\n```console\n\$ labelpipe query", page, re.M)
    assert len(questions) >= 25
    assert {question for question in questions if "view of their own" not in question} <= set(asked), told.stderr
