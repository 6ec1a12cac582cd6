"""The benchmark measures what its page says, on documents that are the same every time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
TOOLS = REPOSITORY / "tools"


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))


def test_the_page_says_what_was_measured() -> None:
    done = subprocess.run([sys.executable, TOOLS / "bench_page.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_figures_name_no_machine_and_no_folder() -> None:
    for path in (REPOSITORY / "docs" / "benchmark").glob("*.json"):
        machine = json.loads(path.read_text())["machine"]
        assert set(machine) == {"cpu", "cores", "memory_gib", "system", "python", "libraries"}
        assert str(Path.home()) not in path.read_text()


@pytest.mark.parametrize("distinct", [False, True])
def test_the_documents_are_the_same_every_time(tmp_path: Path, distinct: bool) -> None:
    from benchmark.documents import make_documents

    made = []
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        made.append([path.read_bytes() for path in make_documents(tmp_path / name, 6, distinct)])
    assert made[0] == made[1]
    assert len(set(made[0])) == 6
    assert all(15_000 < len(document) < 25_000 for document in made[0])


def test_distinct_documents_share_no_line_of_prose(tmp_path: Path) -> None:
    from benchmark.documents import PROSE_WORDS, make_documents

    lines = [line for path in make_documents(tmp_path, 4, distinct=True) for line in path.read_text().split("\n")]
    prose = [line for line in lines if len(line.split(" ")) > PROSE_WORDS and not line.startswith("|")]
    assert len(prose) > 100
    assert len(set(prose)) == len(prose)


def test_the_pages_are_read_whole(tmp_path: Path) -> None:
    from benchmark.documents import make_pages
    from benchmark.peers import extracted

    make_pages(tmp_path, 2)
    assert extracted("labelpipe read", tmp_path).words_kept > 0.99


def test_memory_is_that_of_all_processes() -> None:
    """A program that holds 50 MB and starts another that holds 150 MB takes both."""
    from benchmark.watch import watched

    child = "held = bytearray(b'x') * 150_000_000; import time; time.sleep(1)"
    parent = f"""
import subprocess, sys
held = bytearray(b'x') * 50_000_000
subprocess.run([sys.executable, '-c', {child!r}])"""
    taken = watched([sys.executable, "-c", parent])
    assert 200 < taken.peak_mb < 300
    assert taken.seconds >= 1


def test_the_time_of_processes_that_nobody_waits_for_counts() -> None:
    from benchmark.watch import watched

    grandchild = "import time\nwhile time.process_time() < 0.5: pass"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {grandchild!r}])"
    assert 0.5 <= watched([sys.executable, "-c", parent]).cpu_seconds < 5


@pytest.mark.slow
def test_a_small_size_is_measured_and_taken_up(tmp_path: Path) -> None:
    from benchmark.measures import Bench

    bench = Bench(tmp_path / "size", 4, distinct=False)
    assert bench.prepare() > 60_000
    first = {measure.name: measure for measure in bench.measures()}
    assert first["build_all_cores"].is_same_bytes
    assert (first["build_one_core"].n_parsed, first["nothing_changed"].n_parsed) == (4, 0)
    assert (first["one_changed"].n_parsed, first["one_changed"].n_reused) == (1, 3)
    assert set(first["build_one_core"].stages) == {"scan", "parse", "assemble", "report", "publish"}
    again = Bench(tmp_path / "size", 4, distinct=False)
    assert {measure.name: measure for measure in again.measures()} == first
