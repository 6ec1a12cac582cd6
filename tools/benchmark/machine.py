"""What a measurement was taken on: nothing that names this machine or its folders."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

LIBRARIES = ("duckdb", "google-re2", "lxml", "numpy", "pandas", "pandera", "pyarrow")


def described() -> dict[str, Any]:
    """Return the processor, its cores, the memory, the system, Python, and the libraries that the time goes into."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def _cpu() -> str:
    """Return the processor's name as the system tells it, or its kind."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
