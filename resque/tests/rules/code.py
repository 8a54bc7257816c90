"""Rules about Python files."""

import ast
import re
from collections.abc import Iterator

DOORS = {"requires", "public", "any_account"}
WRITING = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "get_object_or_404", "get_list_or_404", "aupdate", "asave", "acreate", "adelete",
}  # fmt: skip
VIEW_LINES, FILE_LINES = 25, 400
SQL_PLACES = re.compile(r"(^|/)sql\.py$|^resque/database/|^resque/context/state\.py$|^resque/health\.py$|/migrations/")
DUMPS = re.compile(r"(^|/)(utils|helpers|common|misc)(\.py$|/)")
SIGNAL_PLACES = {"resque/accounts/failed_sign_ins.py"}  # a library offers no other hook


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _views(text: str) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "request":
            yield node


def views_without_door(text: str) -> list[str]:
    """Name views (public functions of a request) whose first decorator is no door."""
    return [
        f"{view.name}: the first decorator is not one of {sorted(DOORS)}"
        for view in _views(text)
        if not view.name.startswith("_")
        and any(
            _name(one) in DOORS | {"require_safe", "require_POST", "require_http_methods"}
            for one in view.decorator_list
        )
        and _name(view.decorator_list[0]) not in DOORS
    ]


def views_that_write(text: str) -> list[str]:
    """Name calls in a file of views that write, or that open records past the door."""
    return [
        f"line {node.lineno}: {_name(node)}() belongs to an operation or a door"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and _name(node) in WRITING and not _is_plain_data(node)
    ]


def _is_plain_data(call: ast.Call) -> bool:
    # {"a": 1}.update(...) on something that was built as a dictionary literal is no query.
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Dict)


def long_views(text: str) -> list[str]:
    """Name views whose body, without its docstring, is longer than VIEW_LINES lines."""
    found = []
    for view in _views(text):
        body = view.body[1:] if ast.get_docstring(view) is not None and len(view.body) > 1 else view.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
        if lines > VIEW_LINES:
            found.append(f"{view.name}: {lines} lines")
    return found


def raw_sql(path: str, text: str) -> list[str]:
    """Name raw SQL outside of the places where it may stand."""
    if SQL_PLACES.search(path):
        return []
    return [
        f"line {node.lineno}: {_name(node)}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and (
            _name(node) in {"RawSQL", "cursor"}
            or (
                isinstance(node.func, ast.Attribute) and node.func.attr in {"raw", "extra"} and _on_a_manager(node.func)
            )
        )
    ]


def _on_a_manager(attribute: ast.Attribute) -> bool:
    return "objects" in ast.unparse(attribute.value) or "query" in ast.unparse(attribute.value).lower()


def signals_and_saves(path: str, text: str) -> list[str]:
    """Name signal receivers and overridden save() or delete()."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            found += [
                f"line {one.lineno}: {node.name}.{one.name}() is overridden"
                for one in node.body
                if isinstance(one, ast.FunctionDef) and one.name in {"save", "delete"}
            ]
        elif isinstance(node, ast.FunctionDef) and any(_name(one) == "receiver" for one in node.decorator_list):
            found.append(f"line {node.lineno}: {node.name} is a signal receiver")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            (
                "_in.connect",
                "_failed.connect",
                "_save.connect",
                "_delete.connect",
                "_migrate.connect",
                "_changed.connect",
                "_created.connect",
            )
        ):
            found.append(f"line {node.lineno}: {ast.unparse(node.func)}")
    return [] if path in SIGNAL_PLACES else found


def unsafe_markup(path: str, text: str) -> list[str]:
    """Name places outside the look that declare markup safe: texts of people could reach a page unescaped."""
    if path.startswith("resque/ui/"):
        return []
    return [
        f"line {node.lineno}: {_name(node)}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and _name(node) in {"mark_safe", "SafeString", "SafeText"}
    ]


def ignored_triggers(text: str) -> list[str]:
    """Name places that switch database triggers off: history and guards must see every write."""
    return [
        f"line {number}" for number, line in enumerate(text.splitlines(), 1) if re.search(r"pgtrigger\.ignore", line)
    ]


def vague_forms(text: str) -> list[str]:
    """Name model forms that do not list their fields: a new column would become writable unseen."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ClassDef):
            continue
        for meta in (one for one in node.body if isinstance(one, ast.ClassDef) and one.name == "Meta"):
            given = {
                _name(target): one.value for one in meta.body if isinstance(one, ast.Assign) for target in one.targets
            }
            if "model" not in given or not any("Form" in _name(base) for base in node.bases):
                continue
            fields = given.get("fields")
            if "exclude" in given or fields is None or (isinstance(fields, ast.Constant) and fields.value == "__all__"):
                found.append(f"{node.name}.Meta names no fields")
    return found


def long_file(text: str) -> list[str]:
    """Say when a file is longer than FILE_LINES lines."""
    lines = len(text.splitlines())
    return [f"{lines} lines"] if lines > FILE_LINES else []


def dump_of_everything(path: str) -> list[str]:
    """Say when a file has a name under which anything could stand."""
    return [f"{path}: name it after what it does"] if DUMPS.search(path) else []
