"""The help pages: complete in both languages, whole without a network, and there for every topic
the code opens.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import code

HELP = code.ROOT / "resources" / "help"
LANGUAGES = ("fr", "en")
TOPICS = {
    "index",
    "account",
    "search",
    "layers",
    "downloads",
    "requests",
    "compare",
    "training",
    "relay",
    "personal-data",
    "relief",
    "problems",
}
PAGES = sorted(HELP.glob("*/*.html"))
IMAGES_LIMIT = 2_000_000  # bytes
LOADING = {
    "src",
    "srcset",
    "poster",
    "data",
    "background",
}  # attributes whose address a browser fetches by itself
NBSP = "\u00a0"


@dataclass
class Page(HTMLParser):
    """What a page refers to and says."""

    path: Path
    language: str = ""
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    unsaid: list[str] = field(default_factory=list)  # images without a text
    open: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.language = values.get("lang", "") if tag == "html" else self.language
        self.ids |= {values["id"]} if "id" in values else set()
        self.loaded += [values[name] for name in LOADING & set(values)]
        if "href" in values:
            (self.loaded if tag == "link" else self.links).append(values["href"])
        if tag == "img" and not (
            values.get("alt") and values.get("width") and values.get("height")
        ):
            self.unsaid.append(values.get("src", ""))
        assert tag not in {"script", "iframe", "object", "embed", "base", "form"}, (
            f"{self.path.name}: <{tag}>"
        )
        if tag not in {"img", "meta", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, (
            f"{self.path.name}: </{tag}> does not close what is open"
        )

    def handle_data(self, data: str) -> None:
        if not {"pre", "code", "style"} & set(self.open):
            self.text.append(data)


def opened_topics() -> dict[str, str]:
    """The literal topics given to ``open_help``, ``help_key`` and the account's ``_open``, with the
    module that says them.
    """
    found = {}
    openers = ("open_help", "help_key", "_open")
    for name, tree in code.modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in openers
            ):
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        found[part.value] = name
    return found


def identify(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_page(language: str) -> None:
    assert {path.stem for path in (HELP / language).glob("*.html")} == TOPICS


def test_every_topic_the_code_opens_has_a_page() -> None:
    topics = opened_topics()
    assert {"account", "downloads", "problems", "compare"} <= set(topics)
    assert not {f"{module}: {topic}" for topic, module in topics.items() if topic not in TOPICS}


def test_every_tab_has_a_page() -> None:
    tree = dict(code.modules())["dinamis_qgis.gui.dock"]
    makers = next(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign)
        and getattr(node.target, "id", "") == "_MAKERS"
        and isinstance(node.value, ast.Dict)
    )
    tabs = {key.value for key in makers.keys if isinstance(key, ast.Constant)}
    assert tabs and tabs <= TOPICS


@pytest.mark.parametrize("path", PAGES, ids=identify)
def test_every_link_and_image_of_a_page_is_there(path: Path) -> None:
    page = Page(path)
    missing = []
    for address in page.links + page.loaded:
        parts = urlsplit(address)
        if parts.scheme or not parts.path:
            continue
        target = (path.parent / parts.path).resolve()
        there = target.is_file() and HELP in target.parents
        if not there or (parts.fragment and parts.fragment not in Page(target).ids):
            missing.append(address)
    assert not missing
    assert not page.unsaid, "an image without alt, width and height"
    assert not page.open, "tags left open"


@pytest.mark.parametrize("path", PAGES, ids=identify)
def test_a_page_loads_nothing_from_outside(path: Path) -> None:
    page = Page(path)
    assert not [
        address for address in page.loaded if urlsplit(address).scheme or address.startswith("//")
    ]
    assert all(urlsplit(address).scheme in ("", "https") for address in page.links)


def test_the_style_loads_nothing() -> None:
    style = (HELP / "help.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("path", PAGES, ids=identify)
def test_a_page_leads_to_all_others_and_to_its_translation(path: Path) -> None:
    page = Page(path)
    assert page.language == path.parent.name
    other = next(language for language in LANGUAGES if language != page.language)
    assert {f"{topic}.html" for topic in TOPICS} <= set(page.links)
    assert f"../{other}/{path.name}" in page.links


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name == "fr"], ids=identify)
def test_french_pages_are_in_french_typography(path: Path) -> None:
    text = "".join(Page(path).text)
    assert "'" not in text, "a straight apostrophe"
    wrong = [
        text[max(0, i - 20) : i + 1]
        for i, sign in enumerate(text)
        if sign in ":;?!»" and i and text[i - 1] == " "
    ]
    assert not wrong
    assert "« " not in text.replace(f"«{NBSP}", "«")


def test_every_image_is_used_and_light() -> None:
    images = {path.name: path.stat().st_size for path in (HELP / "images").glob("*")}
    used = {Path(address).name for path in PAGES for address in Page(path).loaded}
    assert set(images) <= used | {"help.css"}
    assert sum(images.values()) < IMAGES_LIMIT
