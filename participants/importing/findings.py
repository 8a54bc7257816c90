"""What reading a file found, as it is kept sealed between review and import."""

import json
import zlib
from dataclasses import asdict, dataclass
from datetime import date

from participants.importing.faults import Fault
from resque.secrets import seal_bytes, unseal_bytes

PURPOSE = "import"


@dataclass(frozen=True)
class RowPerson:
    """Somebody in the file, as the preview shows them. Days as ISO texts, empty where the file says nothing."""

    line: int
    reference: str
    name: str
    birth_date: str = ""
    entry_date: str = ""

    @property
    def born_on(self) -> date | None:
        """The birth date as a day."""
        return date.fromisoformat(self.birth_date) if self.birth_date else None

    @property
    def entered_on(self) -> date | None:
        """The day of entry as a day."""
        return date.fromisoformat(self.entry_date) if self.entry_date else None


@dataclass(frozen=True)
class Likeness:
    """A row of the file whose person may be known already.

    Attributes:
        person: the row.
        references: our references of similar people, best first; who may see their names decides the page.
        twin: row of the file with the same name and birth date; 0 when there is none.
    """

    person: RowPerson
    references: tuple[str, ...] = ()
    twin: int = 0


@dataclass(frozen=True)
class Findings:
    """Result of reading a file.

    Attributes:
        rows: rows below the header.
        faults: everything that is wrong, by row.
        people: the first people of the file.
        likenesses: rows whose person may be known already; looked for only when nothing is wrong.
        compared: number of rows that were compared with the records.
    """

    rows: int = 0
    faults: tuple[Fault, ...] = ()
    people: tuple[RowPerson, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    compared: int = 0

    def sealed(self) -> bytes:
        """Return the findings encrypted: they repeat names and values of the file."""
        return seal_file(json.dumps(asdict(self)).encode())

    @classmethod
    def unsealed(cls, sealed: bytes) -> "Findings":
        """Return the findings behind `sealed`; empty ones where nothing was kept."""
        if not sealed:
            return cls()
        known = json.loads(unseal_file(sealed))
        return cls(
            rows=known["rows"],
            faults=tuple(Fault(**one) for one in known["faults"]),
            people=tuple(RowPerson(**one) for one in known["people"]),
            likenesses=tuple(
                Likeness(RowPerson(**one["person"]), tuple(one["references"]), one["twin"])
                for one in known["likenesses"]
            ),
            compared=known["compared"],
        )


def seal_file(data: bytes) -> bytes:
    """Return a file packed and encrypted."""
    return seal_bytes(zlib.compress(data, 1), purpose=PURPOSE)


def unseal_file(sealed: bytes | memoryview) -> bytes:
    """Return the file behind `seal_file`.

    Raises:
        resque.secrets.SealBroken: it was sealed with a key that is not known any more.
    """
    return zlib.decompress(unseal_bytes(sealed, purpose=PURPOSE))
