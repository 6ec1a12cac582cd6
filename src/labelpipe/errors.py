"""What can go wrong, and the exit code each kind of trouble ends with.

LabelpipeError                 anything this package raises on purpose
├── UnreadableSource           these bytes are no document we read: becomes a reject, the batch goes on
│   ├── UnsupportedFormat      recognised, but not a format that is read (PDF, Word, an image, ...)
│   ├── EmptySource            no bytes, or nothing but white space
│   ├── UndecodableText        looks like text in no encoding we can name
│   ├── MalformedSource        the format is recognised, but the bytes break its rules
│   ├── TooLarge               cut into more pieces than any label has
│   ├── UnreadableFile         the file system does not give its bytes
│   ├── UnsafeArchive          an archive that is broken, locked, or made to fill memory
│   ├── SizeLimit, TimeLimit, DepthLimit, TableLimit   it costs more than one document may
│   ├── KilledWorker           whatever process parses it dies or hangs
│   └── InternalError          our own code fails on it
├── ContractError              a whole table breaks the contract: nothing is published
├── GateRefused                the build is worse than its settings allow: nothing is published
├── EngineError               the cluster of a build is not there, or its workers cannot do the work
├── PublishError               the output folder cannot be written, or another build holds it
├── Interrupted                a signal ended the build: what was parsed is kept for the next
├── OutputNotFound             there is no build where one was expected
├── QueryError                 the SQL of a user, or what it asks of the database, is wrong
└── UnitError                  a unit that is none, or a conversion that would be a guess
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process's exit status means. Part of the public contract.

    REFUSED: the gate did not let the build through. DOUBTFUL: it did not, and --force published it all the same.
    INTERRUPTED and TERMINATED: Ctrl-C and SIGTERM, as shells number them (128 and the signal).
    """

    OK = 0
    FAILED = 1
    USAGE = 2
    NOTHING_BUILT = 3
    INVALID_OUTPUT = 4
    REFUSED = 5
    DOUBTFUL = 6
    INTERRUPTED = 130
    TERMINATED = 143


class LabelpipeError(Exception):
    """Base of every error this package raises on purpose. `exit_code` is what the CLI ends with."""

    exit_code = ExitCode.FAILED


class UnreadableSource(LabelpipeError):
    """A file that does not become a document. `rule` names the reason in `rejects.rule`."""

    rule = "unreadable_source"


class UnsupportedFormat(UnreadableSource):
    """The bytes are recognised, but this is not a format that labelpipe reads."""

    rule = "unsupported_format"


class EmptySource(UnreadableSource):
    """No bytes, or nothing but white space."""

    rule = "empty_source"


class UndecodableText(UnreadableSource):
    """The bytes are no text in any encoding that can be named."""

    rule = "undecodable_text"


class MalformedSource(UnreadableSource):
    """The format is recognised, but the bytes break its rules; the message says where."""

    rule = "malformed_source"


class TooLarge(UnreadableSource):
    """More blocks or table cells than any label has; going on would only fill memory."""

    rule = "too_large"


class UnsafeArchive(UnreadableSource):
    """An archive that is broken, locked, or made to fill memory."""

    rule = "unsafe_archive"


class UnreadableFile(UnreadableSource):
    """The file system does not give the bytes of a file."""

    rule = "unreadable_file"


class SizeLimit(UnreadableSource):
    """The document has more bytes than one may have."""

    rule = "size_limit"


class TimeLimit(UnreadableSource):
    """Parsing the document takes longer than it may."""

    rule = "time_limit"


class DepthLimit(UnreadableSource):
    """The document is nested deeper than can be followed."""

    rule = "depth_limit"


class TableLimit(UnreadableSource):
    """The document's tables have more cells than they may have."""

    rule = "table_limit"


class KilledWorker(UnreadableSource):
    """Whatever process parses the document dies, or hangs until it is killed."""

    rule = "killed_worker"


class InternalError(UnreadableSource):
    """Our own code fails on a document: it must not stop a batch, and must not vanish either."""

    rule = "internal_error"


class ContractError(LabelpipeError):
    """A whole table does not have the shape the contract promises (missing column, wrong type)."""

    exit_code = ExitCode.INVALID_OUTPUT


class NothingBuilt(LabelpipeError):
    """No document could be read, so there is nothing to publish."""

    exit_code = ExitCode.NOTHING_BUILT


class GateRefused(LabelpipeError):
    """The build is worse than its settings allow: nothing is published, and what was parsed is kept for the next."""

    exit_code = ExitCode.REFUSED


class PublishError(LabelpipeError):
    """The output folder cannot be written, or another build is writing it."""


class EngineError(LabelpipeError):
    """The cluster that a build was to run on is not there, or its workers cannot do the work."""

    exit_code = ExitCode.USAGE


class Interrupted(LabelpipeError):
    """Ctrl-C or SIGTERM ended the build."""

    def __init__(self, exit_code: ExitCode) -> None:
        super().__init__("stopped; readers see the last complete build, and the next run takes up what has been parsed")
        self.exit_code = exit_code


class OutputNotFound(LabelpipeError):
    """There is no published build in the folder."""

    exit_code = ExitCode.USAGE


class ConfigError(LabelpipeError):
    """labelpipe.toml, the environment, or a vocabulary file of the user's says what cannot be."""

    exit_code = ExitCode.USAGE


class QueryError(LabelpipeError):
    """A query that DuckDB refuses."""

    exit_code = ExitCode.USAGE


class UnitError(LabelpipeError, ValueError):
    """A unit that is no UCUM code, or two that do not measure the same."""
