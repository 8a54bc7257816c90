"""The shape of input about partners and accounts. Nothing is written here."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from resque.accounts.access import roles_to_give
from resque.accounts.models import Partner, User
from resque.accounts.roles import ROLES, Permission, Role
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row
from resque.ui.widgets import DateText

RESERVED_CODES = {"new", "roles", "accounts"}  # paths below /partners/
PLEASE_CHOOSE = _("please choose")


class PartnerForm(OnceMixin, forms.ModelForm):
    """Facts of a partner."""

    class Meta:
        model = Partner
        fields = ["name", "short_name", "code", "kind", "legal_regime", "phone", "valid_from", "valid_to"]
        widgets = {"valid_from": DateText(), "valid_to": DateText()}
        help_texts = {
            "phone": _("It also stands on “Mein Weg”, the sheet that participants take home."),
            "code": _("For files and commands: lower-case letters, digits, hyphens. It stays for good."),
            "short_name": _("As it stands in lists and beside names."),
            "kind": _("Decides which roles and services this organisation has."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "legal_regime"):
            chosen = self.fields[name]
            chosen.choices = [(value, label if value else PLEASE_CHOOSE) for value, label in chosen.choices]
        self.helper = FieldsHelper(
            "form_key", "name", Row("short_name", "code"), Row("kind", "legal_regime"), "phone",
            Row("valid_from", "valid_to"),
        )  # fmt: skip

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].lower()
        if code in RESERVED_CODES:
            raise ValidationError(_("This short code is used by the application itself. Please choose another one."))
        return code

    @property
    def facts(self) -> dict:
        """What the operations take."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PartnerChangeForm(VersionMixin, PartnerForm):
    """Facts of a partner that may change; the short code is none of them."""

    class Meta(PartnerForm.Meta):
        fields = ["name", "short_name", "kind", "legal_regime", "phone", "valid_from", "valid_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.helper = FieldsHelper(
            "form_key", "version", "name", Row("short_name", "phone"), Row("kind", "legal_regime"),
            Row("valid_from", "valid_to"),
        )  # fmt: skip

    clean_code = None


class AccountForm(OnceMixin, forms.ModelForm):
    """A new account: who, where, in which role."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "username", "email", "partner", "role"]
        labels = {"username": _("User name"), "email": _("E-mail address")}
        help_texts = {
            "username": _("For signing in: letters, digits and . - _ It stays for good."),
            "email": _("Optional. The link for the first password goes there too."),
            "partner": _("Only system administrators belong to none."),
        }

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        if "username" in self.fields:
            self.fields["username"].validators.append(
                RegexValidator(r"^[\w.-]+$", _("Letters, digits, full stop, hyphen and underscore only."))
            )
        self.fields["partner"].queryset = Partner.objects.manageable_by(by).by_name()
        self.fields["partner"].empty_label = _("without a partner")
        if not by.can(Permission.MANAGE_PARTNERS):
            self.fields["partner"].required = True
            self.fields["partner"].empty_label = None
            self.fields["partner"].help_text = ""
        self.fields["role"].choices = [("", PLEASE_CHOOSE), *self._role_choices()]
        self.helper = FieldsHelper(
            "form_key", Row("first_name", "last_name"), Row("username", "email"), "partner", "role"
        )

    def _role_choices(self) -> list[tuple[str, str]]:
        partners = [*self.fields["partner"].queryset, *([None] if self.by.can(Permission.MANAGE_PARTNERS) else [])]
        given = {role for partner in partners for role in roles_to_give(self.by, partner)}
        return [(role.value, role.label) for role in Role if role in given]

    def role_sentences(self) -> list[tuple[str, str]]:
        """Return what each role on offer may do, for the margin of the form."""
        return [(Role(value).label, ROLES[Role(value)].sentence) for value, _label in self._role_choices()]

    def clean(self) -> dict:
        data = super().clean()
        role, partner = data.get("role"), data.get("partner")
        if role and "partner" in data and role not in roles_to_give(self.by, partner):
            fitting = ", ".join(str(Role(one).label) for one in roles_to_give(self.by, partner))
            if partner is None:
                self.add_error("partner", _("Accounts of this role belong to an organisation. Please choose it."))
            else:
                self.add_error(
                    "role",
                    _("%(partner)s has no such role. It has: %(roles)s.") % {"partner": partner, "roles": fitting},
                )
        return data

    @property
    def facts(self) -> dict:
        """What the operations take."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


class AccountChangeForm(VersionMixin, AccountForm):
    """What may change about an account; the user name is none of it. Nobody changes the own role."""

    class Meta(AccountForm.Meta):
        fields = ["first_name", "last_name", "email", "partner", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.own = self.instance.pk == self.by.pk
        if self.own:
            del self.fields["role"], self.fields["partner"]
        rights = () if self.own else ("partner", "role")
        self.helper = FieldsHelper("form_key", "version", Row("first_name", "last_name"), "email", *rights)

    def _role_choices(self) -> list[tuple[str, str]]:
        return [] if getattr(self, "own", False) else super()._role_choices()


class NewPasswordForm(forms.Form):
    """A password by a one-time link, typed twice."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.rules = password_validators_help_texts()
        self.helper = FieldsHelper("password1", "password2")

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("The two passwords differ. Please type them again."))
        return data
