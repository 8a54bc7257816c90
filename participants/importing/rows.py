"""One checked row of a file."""

from dataclasses import dataclass, field

from participants.importing.columns import BY_NAME, Goes


@dataclass(frozen=True)
class ImportRow:
    """What one row of a file says. Empty cells are not in it.

    Attributes:
        line: row of the file.
        values: parsed values by name of the column.
    """

    line: int
    values: dict[str, object] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        """The file's own number of the person."""
        return self.values["reference"]

    @property
    def person(self) -> dict[str, object]:
        """Names and facts of the person, as arguments of a draft."""
        return self._going(Goes.PERSON)

    @property
    def spoken_name(self) -> str:
        """The name, given name first."""
        return f"{self.values.get('given_name', '')} {self.values.get('family_name', '')}".strip()

    @property
    def taken_in(self) -> dict[str, object]:
        """Further arguments of taking the person in."""
        return self._going(Goes.TAKEN_IN)

    @property
    def answers(self) -> dict[str, object]:
        """Answers of entry, exit and follow-up."""
        return self._going(Goes.ANSWER)

    @property
    def special(self) -> dict[str, str]:
        """Answers of special categories."""
        return self._going(Goes.SPECIAL)

    def _going(self, where: Goes) -> dict[str, object]:
        return {BY_NAME[name].field: value for name, value in self.values.items() if BY_NAME[name].goes is where}
