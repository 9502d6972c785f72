"""The French translation: from ``tr("…")`` in the code to ``i18n/dinamis_qgis_fr.ts`` and its
``.qm``.

    update [--merge FILE…]  brings the .ts up to date with the code; FILE is JSON {"English":
    "français"},
                            a list of two for a plural ({"%n product(s)": ["%n produit", "%n
                            produits"]})
    check                   fails on a tr() that is not literal, a .ts behind the code, a text not
    translated
    build                   makes the .qm with Qt's lrelease, when the .ts is newer

The .ts is in Qt's format, one context, sorted by source text; obsolete texts are dropped.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import string
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Union
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dinamis_qgis"
TS = ROOT / "i18n" / "dinamis_qgis_fr.ts"
QM = TS.with_suffix(".qm")
CONTEXT = "dinamis"
NBSP = "\u00a0"

Translation = Union[
    str, list[str], None
]  # a list of two for a plural (French: 0 and 1 are singular)


@dataclass
class Message:
    """One text of the code: where it is said, whether it counts something."""

    source: str
    plural: bool
    files: set[str] = field(default_factory=set)


class Problem(Exception):
    """What the person at the keyboard has to mend."""


def messages() -> dict[str, Message]:
    """Every literal given to ``tr`` in the package, by source text.

    Raises Problem on anything else.
    """
    found: dict[str, Message] = {}
    problems: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"), name)):
            if not isinstance(node, ast.Call):
                continue
            complaint = _note(node, name, found)
            if complaint:
                problems.append(f"{name}:{node.lineno}: {complaint}")
    if problems:
        raise Problem("\n".join(problems))
    return found


def _note(call: ast.Call, name: str, found: dict[str, Message]) -> str | None:
    """Adds the text of a ``tr(…)`` call to ``found``; the complaint when it cannot be
    translated.
    """
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("tr", "translate"):
        receiver = ast.unparse(call.func.value)
        wanted = receiver in ("self", "cls", "QObject") or receiver.endswith("QCoreApplication")
        in_bridge = name.startswith("dinamis_qgis/bridge/")
        return "use tr of dinamis_qgis.core.text" if wanted and not in_bridge else None
    if not (isinstance(call.func, ast.Name) and call.func.id == "tr"):
        return None
    if not (
        call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    ):
        return "tr() takes a literal text"
    source = call.args[0].value
    plural = len(call.args) > 1 or any(keyword.arg == "n" for keyword in call.keywords)
    if plural != ("%n" in source):
        return f"%n and n= go together: {source!r}"
    message = found.setdefault(source, Message(source, plural))
    message.files.add(name)
    return None


def read_ts() -> dict[str, Translation]:
    """The translations of the .ts, by source text."""
    known: dict[str, Translation] = {}
    if not TS.exists():
        return known
    for message in ElementTree.parse(TS).getroot().iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished":
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")]
        known[source] = forms or translation.text or None
    return known


def french(text: str) -> str:
    """French typography: curly apostrophes, non-breaking spaces inside guillemets and before : ; ?
    ! %.
    """
    text = re.sub(r"(?<=\w)'(?=\w|\{|%|«)", "’", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + NBSP, text)
    text = re.sub(r"[ \u00a0\u202f]*»", NBSP + "»", text)
    return re.sub(r"[ \u202f](?=[:;?!%](?!\w))", NBSP, text)


def complaint(message: Message, translation: Translation) -> str | None:
    """What is wrong with a translation, None when nothing is."""
    forms = translation if isinstance(translation, list) else [translation]
    if len(forms) != (2 if message.plural else 1) or not all(forms):
        return "not translated"
    for form in forms:
        if _fields(str(form)) != _fields(message.source):
            return f"its {{fields}} differ: {form!r}"
    if message.plural and "%n" not in str(forms[1]):
        return "the plural form lost its %n"
    if any("'" in str(form) or french(str(form)) != form for form in forms):
        return "typography: update mends it"
    return None


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def merge(known: dict[str, Translation], files: list[Path], wanted: dict[str, Message]) -> None:
    """Adds what ``files`` translate to ``known``; says what no code uses."""
    for path in files:
        unused = 0
        for source, translation in json.loads(path.read_text("utf-8")).items():
            if source in wanted:
                known[source] = translation
            else:
                unused += 1
        if unused:
            print(f"{path.name}: {unused} text(s) not in the code")


def write_ts(wanted: dict[str, Message], known: dict[str, Translation]) -> str:
    """The text of the .ts: what the code says, with the translations known."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        '<TS version="2.1" language="fr_FR" sourcelanguage="en">',
        "<context>",
        f"    <name>{CONTEXT}</name>",
    ]
    for source in sorted(wanted, key=lambda text: (text.casefold(), text)):
        message = wanted[source]
        lines.append('    <message numerus="yes">' if message.plural else "    <message>")
        lines += [f'        <location filename="../{name}"/>' for name in sorted(message.files)]
        lines.append(f"        <source>{escape(source)}</source>")
        lines.append(_translation_lines(message, known.get(source)))
        lines.append("    </message>")
    return "\n".join([*lines, "</context>", "</TS>", ""])


def _translation_lines(message: Message, translation: Translation) -> str:
    forms = translation if isinstance(translation, list) else [translation] if translation else []
    if len(forms) != (2 if message.plural else 1):
        empty = "<numerusform></numerusform>" * 2 if message.plural else ""
        return f'        <translation type="unfinished">{empty}</translation>'
    texts = [escape(french(str(form))) for form in forms]
    if message.plural:
        texts = [f"<numerusform>{text}</numerusform>" for text in texts]
    return f"        <translation>{''.join(texts)}</translation>"


def update(files: list[Path]) -> None:
    """Rewrites the .ts."""
    wanted, known = messages(), read_ts()
    merge(known, files, wanted)
    TS.parent.mkdir(exist_ok=True)
    TS.write_text(write_ts(wanted, known), "utf-8")
    left = untranslated(wanted, read_ts())
    print(f"{len(wanted)} texts, {len(wanted) - len(left)} in French")
    for line in left:
        print(line)


def untranslated(wanted: dict[str, Message], known: dict[str, Translation]) -> list[str]:
    """One line for each text whose French is missing or wrong."""
    complaints = (
        (message, complaint(message, known.get(source)))
        for source, message in sorted(wanted.items())
    )
    return [
        f"  {sorted(m.files)[0]}: {m.source!r}: {problem}" for m, problem in complaints if problem
    ]


def check() -> None:
    """Raises Problem when the .ts is not what the code needs."""
    wanted, known = messages(), read_ts()
    if not TS.exists() or TS.read_text("utf-8") != write_ts(wanted, known):
        missing, dropped = sorted(set(wanted) - set(known)), sorted(set(known) - set(wanted))
        raise Problem(
            f"{TS.name} is behind the code: run make i18n\n  new: {missing}\n  gone: {dropped}"
        )
    left = untranslated(wanted, known)
    if left:
        raise Problem("\n".join(["Not in French yet:", *left]))


def build() -> None:
    """Makes the .qm when it is older than the .ts. Raises Problem without lrelease."""
    if QM.exists() and QM.stat().st_mtime >= TS.stat().st_mtime:
        return
    folders = ["/usr/lib/qt5/bin", "/usr/lib/qt6/bin", "/usr/lib64/qt5/bin", "/usr/lib64/qt6/bin"]
    names = [
        "lrelease",
        "lrelease-qt5",
        "lrelease-qt6",
        *(f"{folder}/lrelease" for folder in folders),
    ]
    tool = next((path for path in map(shutil.which, names) if path), None)
    if tool is None:
        raise Problem(
            "Qt's lrelease is not here; its package is qttools5-dev-tools, qt6-l10n-tools or "
            "linguist"
        )
    subprocess.run([tool, "-silent", "-nounfinished", str(TS), "-qm", str(QM)], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["update", "check", "build"])
    parser.add_argument("--merge", nargs="*", type=Path, default=[], metavar="FILE")
    options = parser.parse_args()
    try:
        if options.command == "update":
            update(options.merge)
        elif options.command == "check":
            check()
        else:
            build()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
