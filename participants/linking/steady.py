"""Answers that cost the same time whatever they hide: a clock on the wall must not tell what the page keeps quiet."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

STEP = 0.25  # seconds; the question itself takes a tenth of that with 100,000 people


@contextmanager
def steady(step: float = STEP) -> Iterator[None]:
    """Let the block end at a whole multiple of `step` seconds after its beginning, faults included."""
    began = time.monotonic()
    try:
        yield
    finally:
        spent = time.monotonic() - began
        time.sleep(step - spent % step)
