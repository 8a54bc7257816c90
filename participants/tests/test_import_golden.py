"""The golden eight come in by the command, with all their answers."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from participants.models import ImportBatch, Participation, SpecialAnswers
from resque.audit.models import AccessEntry, Deed

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "golden_input.csv"


def run(file, *options, **named) -> dict:
    out = StringIO()
    call_command(
        "import_participants", str(file), "--partner", "daa", "--operation", "resque-2.0", "--format", "json",
        *options, stdout=out, **named,
    )  # fmt: skip
    return json.loads(out.getvalue())


def test_the_eight_come_in_with_all_their_answers(cast):
    result = run(GOLDEN)
    assert (result["rows"], result["imported"], result["faults"]) == (8, 8, [])
    people = {one.external_reference: one for one in Participation.objects.select_related("person__identity")}
    assert set(people) == {"P1", "P2", "P5", "P6", "P7", "P8", "P9", "P10"}
    first = people["P1"]
    assert first.partner == cast.daa
    assert first.operation.code == "resque-2.0"
    assert first.person.identity.name == "Al Hassan, Mohamad"
    assert set(first.person.spellings.values_list("text", "kind")) == {
        ("Mohamad Al Hassan", "main"), ("Mohammed Al-Hasan", "other"), ("Muhammad Alhassan", "other"),
    }  # fmt: skip
    assert (first.sex, first.person.nationality, first.person.birth_precision) == ("m", "SYR", "assumed_0101")
    assert (first.person.birth_date, first.person.arrival_de) == (date(1994, 1, 1), date(2015, 8, 20))
    assert (first.entry_date, first.entry_form_on, first.created_on) == (date(2016, 4, 12),) * 3
    assert (first.e_status, first.e_unemp_since, first.e_isced) == ("unemployed", date(2015, 11, 2), 3)
    assert (first.e_in_edu, first.e_edu_fulltime, first.e_rural) == (False, None, False)
    assert (first.exit_date, first.exit_reason, first.x_status) == (date(2016, 9, 1), "AUSB", "employed")
    assert (first.x_in_edu, first.x_job_search, first.x_qualified) == (True, False, False)
    assert (first.state, first.art9_basis) == ("BEENDET", "consent")
    special = SpecialAnswers.objects.get(participation=first)
    assert (special.e_migrant, special.e_disab, special.e_other_dis, special.e_minority) == ("true", "refused", "false", "")
    assert set(first.person.consents.values_list("type", "state")) == {("INFO13", "erteilt"), ("KONTAKT", "erteilt")}
    assert first.person.residence_statuses.get().status == "AE_25_2F"
    assert not first.person.residences.exists()
    assert people["P5"].person.residences.get().municipality == "14713000"
    assert people["P2"].person.guardians.get().on_paper
    assert (people["P2"].state, people["P9"].e_isced) == ("AKTIV", None)
    assert (people["P8"].f_improved, people["P8"].f_unreachable, people["P6"].x_unreachable) == (None, True, True)


def test_the_batch_knows_its_rows_and_the_log_knows_the_deed(cast):
    result = run(GOLDEN)
    batch = ImportBatch.objects.get()
    assert batch.reference == result["batch"]
    assert batch.imported_by is None
    assert list(batch.imported_rows.order_by("line").values_list("line", flat=True)) == list(range(2, 10))
    assert all(len(row.fingerprint) == 64 for row in batch.imported_rows.all())
    assert AccessEntry.objects.get(deed=Deed.IMPORTED).detail == {"rows": 8, "operation": "resque-2.0"}
    assert AccessEntry.objects.filter(deed=Deed.CREATED, kind="participation").count() == 8


def test_a_dry_run_keeps_nothing(cast):
    result = run(GOLDEN, "--dry-run")
    assert (result["rows"], result["imported"], result["batch"], result["faults"]) == (8, 0, "", [])
    assert not Participation.objects.exists()
    assert not ImportBatch.objects.exists()


def test_the_same_file_twice_is_refused_row_by_row(cast):
    run(GOLDEN)
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(
            "import_participants", str(GOLDEN), partner="daa", operation="resque-2.0", format="json", stdout=out
        )
    assert refused.value.returncode == 1
    result = json.loads(out.getvalue())
    assert result["imported"] == 0
    assert [(fault["row"], fault["column"], fault["value"]) for fault in result["faults"]][:2] == [
        (2, "reference", "P1"), (3, "reference", "P2"),
    ]  # fmt: skip
    assert Participation.objects.count() == 8
    # Another partner has numbers of its own.
    assert run(GOLDEN, partner="caritas")["imported"] == 8


def test_an_account_imports_for_its_own_partner_only(cast, app_role):
    assert run(GOLDEN, user="lehmann")["imported"] == 8
    with pytest.raises(CommandError, match="weber"):
        run(GOLDEN, user="weber")
    with pytest.raises(CommandError, match="krause"):
        run(GOLDEN, user="krause")


def test_a_command_that_names_nothing_known_says_what_is_known(cast):
    with pytest.raises(CommandError, match="caritas"):
        run(GOLDEN, partner="nobody")
    with pytest.raises(CommandError, match=r"resque-2\.0"):
        run(GOLDEN, operation="resque-3.0")
    with pytest.raises(CommandError, match="missing"):
        run("missing.csv")


def test_the_table_names_row_column_value_and_remedy(cast, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("reference,family_name,entry_date,sex\nA,Nur,32.01.2016,d\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_participants", str(file), partner="daa", operation="resque-2.0", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert "entry_date" in lines[0]
    assert "32.01.2016" in lines[0]
    assert "f, m, nb" in lines[1]
