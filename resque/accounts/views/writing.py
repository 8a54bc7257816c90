"""How the forms of this app write: once, and with what went wrong told beside the fields."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resque.accounts.access import NotAllowedHere
from resque.locking import StaleRecord
from resque.once.operations import FIELD, once, target_of


def written(request: HttpRequest, form: forms.Form, write: Callable[[], str]) -> HttpResponse | None:
    """Run `write` once and redirect to the address it returns.

    Returns:
        None when it could not be written; the form then says why, and keeps everything that was typed.
    """
    try:
        with transaction.atomic():
            target, _first = once(form.cleaned_data.get(FIELD, ""), by=request.user, write=write)
        return redirect(target)
    except StaleRecord:
        form.add_error(
            None,
            _(
                "Somebody changed this in the meantime. Your entries still stand here; nothing was saved. "
                "Please open the page again in a second window, compare, and save there."
            ),
        )
    except NotAllowedHere as refusal:
        form.add_error(None, refusal.sentence)
    except ValidationError as error:
        form.add_error(None, _known(form, error))
    except IntegrityError:
        form.add_error(None, _("Somebody else saved the same name at this moment. Please choose a different one."))
    return None


def repeated(request: HttpRequest) -> HttpResponse | None:
    """Lead to what this form already made; None when it was not written yet.

    Asked before the form is checked: a name that is taken is taken by the first click.
    """
    target = target_of(request.POST.get(FIELD, ""), by=request.user)
    return redirect(target) if target else None


def _known(form: forms.Form, error: ValidationError) -> ValidationError:
    # An operation may complain about a field that this form does not show.
    if hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields) | {"__all__"}:
        return error
    return ValidationError(error.messages)
