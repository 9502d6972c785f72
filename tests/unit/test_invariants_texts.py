"""What people read: every text goes through ``tr``, every text is French, in good typography."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests import code

ROOMS_PEOPLE_SEE = ("gui", "compare", "processing", "bridge", "plugin")


@pytest.fixture
def i18n(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``tools/i18n.py`` at work on a small package in a temporary folder."""
    monkeypatch.syspath_prepend(str(code.ROOT / "tools"))
    sys.modules.pop("i18n", None)
    import i18n as module

    (tmp_path / "dinamis_qgis").mkdir()
    (tmp_path / "i18n").mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PACKAGE", tmp_path / "dinamis_qgis")
    monkeypatch.setattr(module, "TS", tmp_path / "i18n" / "small.ts")
    return module


def write(module: ModuleType, source: str) -> None:
    (module.PACKAGE / "panel.py").write_text(source, "utf-8")


def test_every_text_is_in_french() -> None:
    done = subprocess.run(
        [sys.executable, str(code.ROOT / "tools" / "i18n.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_no_text_is_shown_untranslated() -> None:
    found = [
        line
        for name, tree in code.modules()
        if name.split(".")[1:2] and name.split(".")[1] in ROOMS_PEOPLE_SEE
        for line in code.bare_texts(name, tree)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        'button.setText("Search")',
        'QLabel("No product")',
        'button.setToolTip(f"{n} products")',
        'label.setText("yes" if ok else tr("No"))',
        'menu.addAction(icon("x"), "Sign out")',
        'bar.pushMessage("DINAMIS", "gone")',
        'table.setHeaderLabels(["Date", tr("Cloud")])',
        'label.setText("<b>Bold</b>")',
    ],
)
def test_a_bare_text_is_seen(source: str) -> None:
    assert code.bare_texts("panel", ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        'button.setText(tr("Search"))',
        'label.setText("–")',
        "label.setText(f\"{count} {tr('products')}\")",
        'label.setText("<br>&nbsp;")',
        'progress.setFormat("%p %")',
        'log.warning("token refresh failed")',
        'QDockWidget("DINAMIS", parent)',
    ],
)
def test_a_good_text_is_not(source: str) -> None:
    assert not code.bare_texts("panel", ast.parse(source))


def test_update_keeps_adds_and_drops(i18n: ModuleType, tmp_path: Path) -> None:
    write(i18n, 'tr("Search")\ntr("%n product(s)", n=3)\ntr("Gone soon")')
    translations = tmp_path / "fr.json"
    translations.write_text(
        json.dumps(
            {
                "Search": "Rechercher",
                "%n product(s)": ["%n produit", "%n produits"],
                "Gone soon": "Bientôt",
            }
        )
    )
    i18n.update([translations])
    i18n.check()
    write(i18n, 'tr("Search")\ntr("%n product(s)", n=3)\ntr("New: {name}")')
    with pytest.raises(i18n.Problem, match="behind the code"):
        i18n.check()
    i18n.update([])
    assert i18n.read_ts() == {
        "Search": "Rechercher",
        "%n product(s)": ["%n produit", "%n produits"],
    }
    with pytest.raises(i18n.Problem, match="New"):
        i18n.check()
    first = i18n.TS.read_text("utf-8")
    i18n.update([])
    assert i18n.TS.read_text("utf-8") == first


@pytest.mark.parametrize(
    "source",
    [
        'tr(f"{n} products")',
        "tr(text)",
        'tr("%n product(s)")',
        'tr("products", n=2)',
        'self.tr("Search")',
    ],
)
def test_what_cannot_be_translated_is_refused(i18n: ModuleType, source: str) -> None:
    write(i18n, source)
    with pytest.raises(i18n.Problem):
        i18n.messages()


@pytest.mark.parametrize(
    ("source", "plural", "translation"),
    [
        ("{count} km²", False, "{nombre} km²"),
        ("%n product(s)", True, "%n produits"),
        ("%n product(s)", True, ["%n produit", "des produits"]),
        ("Sign in", False, None),
        ("Cancel", False, "L'annulation"),
        ("Ready?", False, "Prêt ?"),
    ],
)
def test_a_wrong_translation_is_seen(
    i18n: ModuleType, source: str, plural: bool, translation: object
) -> None:
    assert i18n.complaint(i18n.Message(source, plural), translation)


def test_french_typography(i18n: ModuleType) -> None:
    good = "L’emprise\u00a0: «\u00a0vue de la carte\u00a0»\u00a0?"
    assert i18n.french("L'emprise : «vue de la carte» ?") == good
    assert i18n.french(good) == good
    assert i18n.french("http://127.0.0.1:8000 à 11:04") == "http://127.0.0.1:8000 à 11:04"
