"""Hostile files: each becomes a document or a reject with a reason, in two seconds and 500 MB, and harms nothing.

Every file is built by a real `labelpipe build` in a process of its own, whose CPU time and memory the kernel limits. An
honest document stands beside it and must come through.
"""

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from samples import write_pages

CPU_SECONDS = 2
"""What a hostile file may cost beyond what the honest one costs."""

START_SECONDS = 6
"""Imports, the models and the honest document, with room for a slow machine."""

MEMORY_BYTES = 500 << 20
"""What the process may hold in all, resident."""

SPL = '<document xmlns="urn:hl7-org:v3">{}</document>'
WORDS = "Take one tablet of Lorvel a day with water. "


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    return f'<!DOCTYPE document [<!ENTITY e0 "boom">{entities}]>{SPL.format("<title>&e11;</title>")}'.encode()


def external_entity() -> bytes:
    return (
        f'<!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/hostname">]>{SPL.format("<title>&x;</title>")}'
    ).encode()


def remote_dtd() -> bytes:
    return f'<!DOCTYPE document SYSTEM "http://127.0.0.1:9/label.dtd">{SPL.format("<title>Lorvel</title>")}'.encode()


def deep_xml() -> bytes:
    return SPL.format("<section>" * 200_000).encode()


def deep_html() -> bytes:
    return ("<html><body>" + "<div>" * 200_000 + WORDS).encode()


def tags_that_never_end() -> bytes:
    return ("<html><body><p>" + WORDS + "<a " * 400_000).encode()


def quotes_that_never_end() -> bytes:
    return ("<html><body><p>" + WORDS + '<p title="x>' * 100_001).encode()


def billion_cells() -> bytes:
    cells = '<td rowspan="65534" colspan="1000">x</td>' * 60
    return f"<html><body><h1>Lorvel</h1><table>{f'<tr>{cells}</tr>' * 60}</table></body></html>".encode()


def deep_json() -> bytes:
    return b'{"results":' + b"[" * 200_000 + b"]" * 200_000 + b"}"


def huge_number() -> bytes:
    return b'{"results": [{"set_id": "a", "version": ' + b"9" * 300_000 + b', "indications_and_usage": ["x"]}]}'


def one_long_line() -> bytes:
    return (WORDS * 20_000).encode()


def no_spaces() -> bytes:
    return b"a" * 2_000_000


def many_lines() -> bytes:
    return b"- x\n" * 100_000


def nested_brackets() -> bytes:
    return (WORDS + "(" * 100_000 + "5 mg " + ")" * 100_000).encode()


def numbers_without_end() -> bytes:
    return ("Take " + "1," * 200_000 + "000 mg a day. ").encode()


def dots_and_digits() -> bytes:
    return ("0." * 200_000 + "\n" + "5-" * 200_000 + " mg").encode()


def blanks_without_end() -> bytes:
    return ("Take" + " " * 1_000_000 + "5 mg\n" + "\t" * 500_000 + "|").encode()


def control_characters() -> bytes:
    return (WORDS * 50 + "\x01\x02\x1b[31m\x7f" + "\u202egnol a daer\u202c \u2066\u200b").encode()


def pipes() -> bytes:
    return ("|" * 300_000 + "\n").encode() * 3


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"{number}.txt", bytes(10 << 20))
    return packed.getvalue()


def zip_of_zips_of_zips() -> bytes:
    data = WORDS.encode()
    for _ in range(12):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", data)
        data = packed.getvalue()
    return data


def path_traversal() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../../../tmp/labelpipe_was_here.txt", WORDS * 20)
        archive.writestr("/tmp/labelpipe_was_here.txt", WORDS * 21)
    return packed.getvalue()


def script_and_formulas() -> bytes:
    return b"""<html><head><title><script>alert(1)</script></title></head><body>
    <h1 onclick="alert(1)">Lorvel"'><img src=x onerror=alert(1)></h1><h2>Uses</h2>
    <p>=HYPERLINK("http://127.0.0.1","x") is what a cell may begin with; '); DROP TABLE documents; --</p>
    <table><tr><th>=1+1</th><td>@SUM(A1)</td></tr></table></body></html>"""


HOSTILE: list[Callable[[], bytes]] = [
    entity_bomb,
    external_entity,
    remote_dtd,
    deep_xml,
    deep_html,
    tags_that_never_end,
    quotes_that_never_end,
    billion_cells,
    deep_json,
    huge_number,
    one_long_line,
    no_spaces,
    many_lines,
    nested_brackets,
    numbers_without_end,
    dots_and_digits,
    blanks_without_end,
    control_characters,
    pipes,
    zip_bomb,
    zip_of_zips_of_zips,
    path_traversal,
    script_and_formulas,
]


def limit() -> None:
    """Let the kernel end a process that takes too long."""
    resource.setrlimit(resource.RLIMIT_CPU, (START_SECONDS + CPU_SECONDS, START_SECONDS + CPU_SECONDS))


def build(raw: Path, output: Path) -> tuple[subprocess.CompletedProcess[str], int]:
    """Build in a process of its own; return what it said, and the most memory it held, in bytes.

    The kernel tells the peak of this program alone: `ru_maxrss` would count that of the process it was forked from.
    """
    run = "import re, sys; from labelpipe.cli import main; sys.argv[0] = 'labelpipe'\ntry: main()\n"
    run += "finally: print('PEAK', re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    words = [sys.executable, "-c", run, "build", str(raw), "--output", str(output)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, preexec_fn=limit)
    return done, int(done.stdout.rpartition("PEAK")[2] or 0) << 10


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_harms_nothing(make: Callable[[], bytes], tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel")
    (raw / "hostile.bin").write_bytes(make())
    done, peak = build(raw, tmp_path / "out")
    assert done.returncode == 0, f"{done.returncode}: {done.stderr[-2000:]}"
    assert peak < MEMORY_BYTES
    with duckdb.connect(str(tmp_path / "out" / "labels.duckdb"), read_only=True) as con:
        documents = {path for (path,) in con.execute("SELECT source_path FROM documents").fetchall()}
        rejects = con.execute(
            "SELECT source_path, rule, message FROM rejects WHERE table_name = 'documents'"
        ).fetchall()
    assert "lorvel.txt" in documents
    assert any(path.startswith("hostile.bin") for path in (*documents, *(path for path, _, _ in rejects)))
    for path, rule, message in rejects:
        assert rule != "internal_error", message
        assert message.startswith(path), message


def test_nothing_outside_is_read_or_written(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel")
    (raw / "entity.xml").write_bytes(external_entity())
    (raw / "traversal.zip").write_bytes(path_traversal())
    (raw / "outside").symlink_to("/etc")
    build(raw, tmp_path / "out")
    assert not Path("/tmp/labelpipe_was_here.txt").exists()
    host = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(tmp_path / "out" / "labels.duckdb"), read_only=True) as con:
        paths = {path for (path,) in con.execute("SELECT source_path FROM documents").fetchall()}
        said = con.execute("SELECT string_agg(text, ' ') FROM texts").fetchone()
    assert not any("outside" in path for path in paths)
    assert said
    assert not host or host not in said[0]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel")
    (raw / "again").symlink_to(raw)
    (raw / "self").symlink_to(raw / "self")
    done, _ = build(raw, tmp_path / "out")
    assert done.returncode == 0, done.stderr


def test_a_pipe_in_the_folder_does_not_hang(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel")
    os.mkfifo(raw / "pipe.txt")
    done, _ = build(raw, tmp_path / "out")
    assert done.returncode == 0, done.stderr
