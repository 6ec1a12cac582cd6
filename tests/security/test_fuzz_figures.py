"""What `make fuzz` prints is what libFuzzer said."""

from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"

SAID = """\
INFO: Loaded 1 modules
#12\tINITED cov: 812 ft: 1200 corp: 9/30Kb exec/s: 0 rss: 241Mb
#4096\tpulse  cov: 912 ft: 1900 corp: 40/41Kb lim: 4000 exec/s: 341 rss: 262Mb
#65536\tNEW    cov: 913 ft: 1901 corp: 41/42Kb lim: 4000 exec/s: 420 rss: 270Mb L: 8/4000 MS: 1 EraseBytes-
Done 80000 runs in 190 second(s)
stat::number_of_executed_units: 80000
stat::average_exec_per_sec:     421
stat::peak_rss_mb:              275
"""


def test_the_figures_are_libfuzzers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    from fuzz import measured

    slowest = tmp_path / "xml.ms"
    slowest.write_text("71")
    run = measured("xml", False, SAID, 191, slowest)
    assert str(run) == (
        "xml: 80,000 inputs in 191 s, slowest 71 ms of CPU time, 262 MB after a tenth of them, 275 MB at the peak"
    )
    assert len(run.readers) == 12
