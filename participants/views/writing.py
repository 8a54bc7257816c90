"""Writing once: what all forms of a person's page do after they were sent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from participants.forms.faults import add_faults
from resque.once.operations import FIELD, once
from resque.ui.messages import saved
from resque.ways_back import asked_way


def write_once(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], object],
    *,
    target: str | Callable[[Any], str],
    said: str,
    link: tuple[str, str] = ("", ""),
) -> HttpResponse | None:
    """Run `write` at most one time for this form and lead on; None when the operation found faults.

    Who came from a list goes where its link said (parameter `next` of the address), everybody else to `target`.
    A fault or a `StaleRecord` leaves nothing behind, not even the key of the form: it may be sent again.

    Args:
        request: the POST request.
        form: the valid form with its key; faults of the operation are shown at its fields.
        write: calls the operation.
        target: address of the next page, or what makes it from the result of `write`.
        said: sentence on that page.
        link: address and words of a link behind the sentence.
    """

    def _write() -> str:
        written = write()
        return target(written) if callable(target) else target

    try:
        with transaction.atomic():
            address, first = once(form.cleaned_data.get(FIELD, ""), by=request.user, write=_write)
    except ValidationError as fault:
        add_faults(form, fault)
        return None
    if first:
        saved(request, said, undo_url=link[0], undo_label=link[1])
    return redirect(asked_way(request, "next") or address)
