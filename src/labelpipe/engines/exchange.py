"""Where the machines of a cluster leave their rows for the one that publishes: a folder they share, or any fsspec URL.

Each attempt at a piece of work leaves one file under a name of its own. What is not taken (a worker was lost, and
another did its work) stays where it is until the run ends, and harms nobody.
"""

import tempfile
import uuid
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from labelpipe.errors import EngineError
from labelpipe.store.parts import Parts
from labelpipe.urls import file_system, without_password

_GREETING = "builder"


@dataclass(frozen=True, slots=True)
class Exchange:
    """The place of one run; entering it makes it, leaving it removes it."""

    url: str

    def __enter__(self) -> "Exchange":
        fs, path = self._opened()
        try:
            fs.makedirs(path, exist_ok=True)
            fs.pipe_file(f"{path}/{_GREETING}", b"")
        except Exception as error:  # each file system has errors of its own
            raise EngineError(
                f"{without_password(self.url)} cannot be written: {error}; choose another --parts"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(Exception):  # what stays there costs space, and no build
            fs, path = self._opened()
            fs.rm(path, recursive=True)

    def put(self, parts: Path) -> str:
        """Leave a folder of parts there, and return under which name."""
        fs, path = self._opened()
        name = f"{uuid.uuid4().hex}.zip"
        with tempfile.NamedTemporaryFile() as packed:
            with zipfile.ZipFile(packed, "w") as archive:
                for file in parts.rglob("*"):
                    archive.write(file, file.relative_to(parts))
            packed.flush()
            fs.put_file(packed.name, f"{path}/{name}")
        return name

    def take(self, name: str, parts: Parts) -> None:
        """Take over what was left under a name.

        Raises:
            EngineError: it cannot be read.
        """
        fs, path = self._opened()
        with tempfile.TemporaryDirectory(dir=parts.folder.parent) as aside:
            packed = Path(aside, name)
            try:
                fs.get_file(f"{path}/{name}", str(packed))
            except Exception as error:
                raise EngineError(
                    f"what workers left in {without_password(self.url)} cannot be read: {error!r}; build again"
                ) from error
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(Path(aside, "parts"))
            parts.take(Path(aside, "parts"))
            fs.rm_file(f"{path}/{name}")

    def answer(self) -> str:
        """On a worker: read what the builder has left, leave something too, and return its name."""
        fs, path = self._opened()
        name = uuid.uuid4().hex
        fs.pipe_file(f"{path}/{name}", fs.cat_file(f"{path}/{_GREETING}"))
        return name

    def has(self, name: str) -> bool:
        """Whether something is there under a name."""
        fs, path = self._opened()
        return bool(fs.exists(f"{path}/{name}"))

    def _opened(self) -> tuple[Any, str]:
        return file_system(self.url)
