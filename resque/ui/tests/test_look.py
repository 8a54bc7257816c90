"""Rules of the look that files can be asked for: colours, icons, inline code, vendored files, comments."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from resque.ui.icons import icons

BASE: Path = settings.BASE_DIR
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\b(?:white|black|red|green|blue|grey|gray)\b(?=\s*[;}])")
FLOORS = ("resque", "participants", "services", "reporting")


def test_colours_stand_in_the_tokens_only():
    css = re.sub(r"/\*.*?\*/", "", (BASE / "static/css/components.css").read_text(), flags=re.DOTALL)
    assert COLOUR.findall(css) == []


def test_every_token_that_is_used_exists():
    tokens = (BASE / "static/css/tokens.css").read_text()
    css = (BASE / "static/css/components.css").read_text()
    known = set(re.findall(r"(--rq-[\w-]+)\s*:", tokens))
    assert set(re.findall(r"var\((--rq-[\w-]+)", tokens + css)) - known == set()


def test_components_use_no_important_outside_print_and_visibility():
    css = (BASE / "static/css/components.css").read_text()
    screen = css[: css.rindex("@media print {")]
    lines = [line for line in screen.splitlines() if "!important" in line]
    assert len(lines) <= 5, lines


def test_pictures_in_templates_have_no_colour():
    found = {path.name: COLOUR.findall(path.read_text()) for path in TEMPLATES}
    hex_only = {name: [word for word in words if re.fullmatch(r"#[0-9a-fA-F]{6}", word)] for name, words in found.items()}
    assert not {name: words for name, words in hex_only.items() if words}


def test_the_script_keeps_nothing_and_evaluates_nothing():
    script = (BASE / "static/js/resque.js").read_text()
    for word in ("localStorage", "sessionStorage", "indexedDB", "eval(", "new Function", ".style."):
        assert word not in script


def words_of(*suffixes: str) -> str:
    files = [path for floor in FLOORS for path in (BASE / floor).rglob("*") if path.suffix in suffixes]
    files += [path for path in (BASE / "templates").rglob("*") if path.suffix in suffixes]
    return "\n".join(path.read_text() for path in files if path.name != "icons.json" and "vendor" not in path.parts)


def test_every_vendored_icon_is_used():
    text = words_of(".py", ".html", ".json")
    unused = [name for name in icons() if f'"{name}"' not in text and f"'{name}'" not in text]
    assert unused == []


def test_every_icon_of_the_templates_is_vendored():
    text = "\n".join(path.read_text() for path in TEMPLATES)
    named = set(re.findall(r"\{% icon [\"']([\w-]+)[\"']", text)) | set(re.findall(r"\b(?:icon|after)=[\"']([\w-]+)[\"']", text))
    assert named - set(icons()) == set()


def test_vendored_files_are_as_pinned():
    done = subprocess.run([sys.executable, BASE / "bin/vendor", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_vendored_package_has_its_licence():
    manifest = json.loads((BASE / "static/vendor/manifest.json").read_text())
    for name, entry in manifest["packages"].items():
        assert entry["integrity"].startswith("sha512-"), name
        assert any("LICENSE" in path for path in entry["files"]), name


LOOK = [path for path in TEMPLATES if path.parent.name in {"components", "layouts", "ui", "charts", "widgets"}]


@pytest.mark.parametrize("path", LOOK, ids=lambda path: path.name)
def test_templates_of_the_look_say_what_they_need(path):
    text = path.read_text()
    head = "\n".join(text.splitlines()[:16])
    assert "{% comment %}" in head
    assert "Context" in head or "Blocks" in head
