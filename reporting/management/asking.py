"""What the commands of this floor have in common: whom they act as, and how operation, day and rules are named."""

from contextlib import AbstractContextManager
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from participants.models import Operation
from reporting.indicators.facts import Basis
from resque.accounts.models import User
from resque.accounts.roles import Permission
from resque.context.acting import acting_as, acting_as_system


class AskingCommand(BaseCommand):
    """A command that reads the records of one operation under the rules of a funding period.

    Attributes:
        needs: rights of which an account that is named with --user needs one.
    """

    needs: tuple[Permission, ...] = (Permission.VIEW_FIGURES,)

    def add_arguments(self, parser):
        parser.add_argument("--operation", required=True, metavar="CODE", help="e.g. resque-2.0")
        parser.add_argument("--rules", choices=["2014", "2021"], help="funding period; default: that of the operation")
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--user", metavar="NAME", help="act as this account; default: the system")

    def basis(self, options: dict) -> Basis:
        """Return operation and rules that the caller named.

        Raises:
            CommandError: there is no such operation.
        """
        operation = Operation.objects.prefetch_related("extensions").filter(code=options["operation"]).first()
        if operation is None:
            known = ", ".join(Operation.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(
                _("There is no operation “%(code)s”. Known: %(known)s.")
                % {"code": options["operation"], "known": known}
            )
        return Basis(operation, options["rules"] or operation.rules)

    def account(self, options: dict) -> User | None:
        """Return the account that the caller named; None for the system.

        Raises:
            CommandError: there is no such account, or its role lacks the right.
        """
        name = options["user"]
        if not name:
            return None
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no account “%s”.") % name)
        if not any(user.can(right) for right in self.needs):
            raise CommandError(_("The role of %s may not see this.") % name)
        return user


def acting(user: User | None, reason: str) -> AbstractContextManager:
    """Act as an account, or as the system with a reason."""
    return acting_as(user, reason=reason) if user else acting_as_system(reason)


def day_of(text: str) -> date:
    """Return the day that an option names.

    Raises:
        CommandError: it names none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise CommandError(_("“%s” is no date. Expected year-month-day, for example 2016-12-31.") % text) from fault
