"""The engine of a cluster, with nothing shared but a bucket: documents come from there, and rows go there."""

from pathlib import Path

import pytest
from buckets import s3_bucket
from clusters import Cluster
from samples import write_pages

from labelpipe.contract import TABLES
from labelpipe.pipeline import build
from labelpipe.settings import Settings


@pytest.mark.slow
def test_a_build_over_a_bucket_gives_the_same_parquet_and_leaves_nothing_there(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel", "Tarvel", "Zorvel")
    with s3_bucket() as (fs, url), Cluster(n_workers=2) as cluster:
        fs.put(f"{raw}/", f"{url}/raw/", recursive=True)
        cluster.wait_for_workers(2, timeout=120)
        settings = Settings(scheduler=cluster.scheduler_address, parts=f"{url}/parts")
        assert build([f"{url}/raw/"], tmp_path / "far", settings).n_parsed == 3
        assert not fs.exists(f"{url}/parts")
    build([raw], tmp_path / "near")
    for name in set(TABLES) - {"runs"}:
        path = Path("parquet", f"{name}.parquet")
        assert (tmp_path / "far" / path).read_bytes() == (tmp_path / "near" / path).read_bytes(), name
