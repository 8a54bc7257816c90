"""Keying in a signed sheet: what stands on it once, then yes or no to each purpose; nothing is ticked before."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.choices import GivenBy, Purpose
from participants.forms.fields import CodeField, DayField, YesNoField
from participants.languages import language_choices
from participants.models import Consent
from participants.months import age_on
from participants.operations.consents import FULL_AGE, Decision, Paper
from participants.queries.circumstances import Circumstances
from participants.sheets.texts import GERMAN
from resque.accounts.models import Partner
from resque.clock import today
from resque.codelists.queries import label
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.widgets import ChoiceChips

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _words(text, **more) -> forms.CharField:
    return forms.CharField(label=text, max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN), **more)


class ConsentForm(OnceMixin, VersionMixin, forms.Form):
    """One paper with its answers.

    Args:
        around: the case, for who signs.
        purposes: what is asked, in the order of the sheet.
        others: partners whom the case may be shared with.
        version: `consents_version` of the person.
    """

    day = DayField(
        label=_("Signed on"), required=True, error_messages={"required": _("Please enter the day of the signature.")}
    )
    language = forms.ChoiceField(label=_("Language of the sheet"), required=False)
    text_version = forms.CharField(
        label=_("Version of the text"), max_length=32, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("Stands at the foot of the sheet. Empty: a form of your own."),
    )  # fmt: skip
    paper_location = _words(_("Where the paper lies"), help_text=_("Folder, cupboard, room; no name of the person."))
    given_by_kind = forms.ChoiceField(label=_("Signed by"), choices=GivenBy.choices, widget=ChoiceChips)
    given_by = _words(_("Name of the guardian"), help_text=_("Under 18 only."))
    interpreter = CodeField(
        "interpreter", label=_("Interpretation"), blank=_("not recorded"), help_text=_("Children never interpret.")
    )
    witness = _words(_("Witness"))
    recipient = _words(_("Body"), help_text=_("One body, for example the job centre."))
    release_until = DayField(label=_("Until"))
    sharing_until = DayField(label=_("Sharing until"), help_text=_("Empty: until it is withdrawn."))
    channel = _words(_("Best way of contact"), help_text=_("Telephone, messenger, a friend."))

    def __init__(
        self, *args, around: Circumstances, purposes: list[Purpose], others: list[Partner], version: int, **kw
    ):
        self.purposes, self.others = purposes, others
        super().__init__(*args, initial=self._proposed(around) | {"version": version}, **kw)
        self.fields["language"].choices = [
            ("", gettext("not recorded")), (GERMAN, gettext("German")), *language_choices()
        ]  # fmt: skip
        self.helper = FieldsHelper(
            Section(
                _("The paper"), Row("day", "paper_location"), Row("language", "text_version"), "given_by_kind",
                "given_by", Row("interpreter", "witness"), id="paper",
            ),
            Section(
                _("The answers"), *(part for purpose in purposes for part in self._ask(purpose)), id="answers",
                lead=_("Nothing is chosen before. Leave open what the paper leaves open."),
            ),
            form=self,
        )  # fmt: skip

    @staticmethod
    def _proposed(around: Circumstances) -> dict:
        born = around.participation.person.birth_date
        if born is None or age_on(born, today()) >= FULL_AGE:
            return {"given_by_kind": GivenBy.PERSON}
        names = [guardian.name for guardian in around.guardians if guardian.name]
        return {"given_by_kind": GivenBy.GUARDIAN, "given_by": names[0] if names else ""}

    def _ask(self, purpose: Purpose) -> list:
        partners = self.others if purpose == Purpose.SHARING else [None]
        names = [Decision(purpose, True, partner).field for partner in partners]
        words = label("consent_type", purpose)
        for name, partner in zip(names, partners, strict=True):
            self.fields[name] = YesNoField(label=f"{words}: {partner.name}" if partner else words)
        extra = {
            Purpose.RELEASE: [Row("recipient", "release_until")],
            Purpose.SHARING: ["sharing_until"],
            Purpose.CONTACT: ["channel"],
        }
        return [*names, *extra.get(purpose, [])]

    @property
    def paper(self) -> Paper:
        """What the paper says beside the answers."""
        known = self.cleaned_data
        return Paper(
            day=known["day"],
            language=known["language"],
            version=known["text_version"],
            given_by_kind=known["given_by_kind"],
            given_by=known["given_by"],
            witness=known["witness"],
            interpreter=known["interpreter"],
            location=known["paper_location"],
        )

    @property
    def decisions(self) -> list[Decision]:
        """The answers that were given; what was left open is not asked."""
        return [decision for purpose in self.purposes for decision in self._said(purpose)]

    def _said(self, purpose: Purpose) -> list[Decision]:
        known, more = self.cleaned_data, {}
        if purpose == Purpose.RELEASE:
            more = {"recipient": known["recipient"], "expires_on": known["release_until"]}
        elif purpose == Purpose.CONTACT:
            more = {"channel": known["channel"]}
        elif purpose == Purpose.SHARING:
            more = {"expires_on": known["sharing_until"]}
        partners = self.others if purpose == Purpose.SHARING else [None]
        said = [Decision(purpose, True, partner, **more) for partner in partners]
        answers = [(one, known[one.field]) for one in said]
        return [Decision(purpose, answer, one.partner, **more) for one, answer in answers if answer is not None]


class WithdrawalForm(OnceMixin, VersionMixin, forms.Form):
    """Day and way of a withdrawal; what follows stands beside it."""

    day = DayField(label=_("Withdrawn on"), required=True, error_messages={"required": _("Please enter the day.")})
    channel = _words(_("How the person said so"), help_text=_("By word of mouth, letter, telephone."))

    def __init__(self, *args, consent: Consent, **kwargs):
        super().__init__(*args, initial={"day": today(), "version": consent.version}, **kwargs)
        self.helper = FieldsHelper(Row("day", "channel"), form=self)
