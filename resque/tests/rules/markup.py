"""Rules about templates."""

import ast
import re
from collections.abc import Iterable

BY_TAG = re.compile(r"{%-?\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
ANY_NAME = re.compile(r"[\w./-]+\.(?:html|txt|svg)")


def names_in_templates(texts: Iterable[str]) -> set[str]:
    """Return the template names that templates extend or include, quoted names in tags included."""
    found = set()
    for text in texts:
        found |= set(BY_TAG.findall(text))
        for tag in re.findall(r"{%.*?%}", text, re.S):
            found |= set(re.findall(r"[\"']([\w./-]+\.(?:html|txt|svg))[\"']", tag))
    return found


def names_in_code(texts: Iterable[str]) -> set[str]:
    """Return the template names that Python files speak of.

    A name with a gap, such as f"components/{name}.html", counts for every word of the code that fits the gap.
    """
    names, words, gaps = set(), set(), []
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.JoinedStr):
                parts = [str(one.value) if isinstance(one, ast.Constant) else None for one in node.values]
                if any(part and part.endswith((".html", ".txt", ".svg")) for part in parts):
                    gaps.append(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                (names if ANY_NAME.fullmatch(node.value) else words).add(node.value)
    for parts in gaps:
        if parts.count(None) == 1:
            names |= {"".join(word if part is None else part for part in parts) for word in words if len(word) < 60}
    return names


def unused_templates(ours: Iterable[str], used: set[str], of_libraries: set[str]) -> list[str]:
    """Name templates that nothing extends, includes or renders, and that replace no template of a library."""
    return sorted(name for name in ours if name not in used | of_libraries and not name.startswith("."))


def inline_code(text: str) -> list[str]:
    """Name inline style, script and handlers: the Content-Security-Policy forbids them."""
    found = [f"style= near {text[match.start() : match.start() + 40]!r}" for match in re.finditer(r"\sstyle\s*=", text)]
    found += ["<style>"] * len(re.findall(r"<style\b", text))
    for match in re.finditer(r"<script\b([^>]*)>", text):
        if "src=" not in match[1] and "application/json" not in match[1]:
            found.append("<script> without src")
    found += [f"handler {match[1]}" for match in re.finditer(r"\s(on[a-z]+)\s*=\s*[\"']", text)]
    found += ["javascript: address"] * len(re.findall(r"[\"']\s*javascript:", text))
    return found


def ungrouped(text: str) -> list[str]:
    """Name numbers that stand in a sentence as they are counted: from 1,000 on they need the filter `number`."""
    sentences = re.finditer(r"{%\s*blocktranslate\b(.*?)%}(.*?){%\s*endblocktranslate", text, re.S)
    counted = [
        (found, body)
        for head, body in (one.groups() for one in sentences)
        for found in re.findall(r"\bcount (\w+)=", head)
    ]
    return [f"{{{{ {name} }}}} of a count" for name, body in counted if re.search(rf"{{{{\s*{name}\s*}}}}", body)]


def unescaped(name: str, text: str) -> list[str]:
    """Name places that switch escaping off; only letters in plain text may."""
    found = ["|safe"] * len(re.findall(r"\|\s*safe(?:seq)?\b", text))
    if not name.endswith(".txt"):
        found += ["autoescape off"] * len(re.findall(r"{%\s*autoescape\s+off", text))
    return found
