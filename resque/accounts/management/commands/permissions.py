"""`permissions`: the table of roles and permissions, for documents and for machines."""

import json

from django.core.management.base import BaseCommand, CommandParser

from resque.accounts.queries import permission_table, role_sentences


class Command(BaseCommand):
    """Print who may do what, from the one table that the doors of all pages use."""

    help = "Print the table of roles and permissions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["md", "json"], default="md")

    def handle(self, *args, **options) -> None:
        self.stdout.write(_as_json() if options["format"] == "json" else _as_markdown())


def _as_json() -> str:
    roles = [
        {"role": role.value, "label": str(role.label), "description": str(sentence)}
        for role, sentence in role_sentences()
    ]
    permissions = [
        {
            "permission": row["permission"].value,
            "description": str(row["sentence"]),
            "roles": [role.value for role, held in row["held"] if held],
        }
        for row in permission_table()
    ]
    return json.dumps({"roles": roles, "permissions": permissions}, ensure_ascii=False, indent=2)


def _as_markdown() -> str:
    roles = role_sentences()
    lines = [f"* **{role.label}**: {sentence}" for role, sentence in roles]
    lines += ["", f"| | {' | '.join(str(role.label) for role, _sentence in roles)} |"]
    lines.append("| --- |" + " :-: |" * len(roles))
    for row in permission_table():
        marks = " | ".join("x" if held else "" for _role, held in row["held"])
        lines.append(f"| {row['sentence']} | {marks} |")
    return "\n".join(lines)
