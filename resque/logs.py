"""One line for one event: what a visitor typed can neither break a line of the log nor turn its direction."""

import logging
import unicodedata


def on_one_line(text: str) -> str:
    """Return the text with control, format (also bidirectional) and line-separating characters escaped."""
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} and character != "\t"
        else character
        for character in text
    )


class LineFormatter(logging.Formatter):
    """Format a record; tracebacks keep their lines, each indented so that none can pass for an entry."""

    def format(self, record: logging.LogRecord) -> str:
        message = logging.Formatter(self._fmt).format(_without_traceback(record))
        line = on_one_line(message)
        if record.exc_info:
            trace = self.formatException(record.exc_info)
            line += "".join(f"\n    {on_one_line(part)}" for part in trace.splitlines())
        return line


def _without_traceback(record: logging.LogRecord) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    copy.exc_info = copy.exc_text = copy.stack_info = None
    return copy
