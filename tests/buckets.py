"""An S3 on this machine, for tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec
import pytest


@contextmanager
def s3_bucket() -> Iterator[tuple[Any, str]]:
    """Run a server; give a file system that knows it, and the URL of a bucket. Processes started here know it too."""
    moto = pytest.importorskip("moto.server", reason="needs an S3 on this machine: pip install 'moto[s3,server]' s3fs")
    pytest.importorskip("s3fs", reason="fsspec reads s3:// with s3fs")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "name")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "word")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        fs = fsspec.filesystem("s3")
        fs.mkdir(f"labels-{port}")
        yield fs, f"s3://labels-{port}"
    server.stop()
