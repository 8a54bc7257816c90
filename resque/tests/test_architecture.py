"""The floors, the style and the migrations, checked by the tools that know them; each tool on a planted fault too."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from resque.tests.rules.files import FLOORS, ROOT

BIN = Path(sys.executable).parent


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    tool, *rest = command
    return subprocess.run([BIN / tool, *rest], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_imports_run_down_only():
    done = run("lint-imports", "--no-cache", "--no-logo")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("fault", "contract"),
    [
        ({"low/models.py": "import high.views"}, "floors"),
        ({"low/models.py": "import low.views"}, "rooms"),
        ({"low/a/__init__.py": "import low.b", "low/b/__init__.py": "import low.a"}, "circles"),
    ],
)
def test_finds_an_import_that_runs_up(tmp_path, fault, contract):
    house = {
        "high/__init__.py": "",
        "high/views.py": "",
        "low/__init__.py": "",
        "low/views.py": "",
        "low/models.py": "",
    }
    for name, text in (house | fault).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_packages =\n    high\n    low\n"
        "[importlinter:contract:floors]\nname = floors\ntype = layers\nlayers =\n    high\n    low\n"
        "[importlinter:contract:rooms]\nname = rooms\ntype = layers\ncontainers = low\nlayers =\n    (views)\n    (models)\n"
        "[importlinter:contract:circles]\nname = circles\ntype = acyclic_siblings\nancestors = low\n"
    )
    assert run("lint-imports", "--no-cache", "--no-logo", "--contract", contract, cwd=tmp_path).returncode == 1


def test_code_is_tidy():
    done = run("ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_ruff_finds_a_fault(tmp_path):
    (tmp_path / "a.py").write_text("import os\n")
    assert (
        run("ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), ".", cwd=tmp_path).returncode == 1
    )


def test_templates_are_tidy():
    names = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    done = run("djade", "--check", "--target-version", "5.2", *names)
    assert done.returncode == 0, done.stdout + done.stderr


def test_djade_finds_a_fault(tmp_path):
    (tmp_path / "a.html").write_text("{{name}}\n")
    assert run("djade", "--check", "--target-version", "5.2", "a.html", cwd=tmp_path).returncode == 1


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_migrations_do_not_break_a_running_version():
    from django_migration_linter import MigrationLinter

    apps = [label.rsplit(".", 1)[-1] for label in settings.INSTALLED_APPS if label.split(".")[0] in FLOORS]
    linter = MigrationLinter(
        str(ROOT), include_apps=apps, no_cache=True, quiet=["ok", "ignore", "warning"], no_output=True
    )
    linter.lint_all_migrations()
    assert not linter.has_errors
