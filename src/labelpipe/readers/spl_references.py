"""What the text of an SPL document refers to by ID: the files of images, and footnotes."""

from functools import cached_property

from lxml import etree

from labelpipe.readers.spl_markup import HL7


class References:
    """The images and footnotes of a document (None: of a fragment that has none), looked for when one is asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._root = root

    def image(self, name: str) -> str:
        """Return the file of an image, or its own name where the document does not say."""
        return self._images.get(name, name)

    def note(self, name: str) -> etree._Element | None:
        """Return a footnote."""
        return self._notes.get(name)

    @cached_property
    def _images(self) -> dict[str, str]:
        media = self._root.iter(HL7 + "observationMedia") if self._root is not None else ()
        found = ((one.get("ID", ""), one.find(f"{HL7}value/{HL7}reference")) for one in media)
        return {name: reference.get("value", "") for name, reference in found if reference is not None}

    @cached_property
    def _notes(self) -> dict[str, etree._Element]:
        notes = self._root.iter(HL7 + "footnote") if self._root is not None else ()
        return {name: note for note in notes if (name := note.get("ID", ""))}
