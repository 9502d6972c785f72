"""Documents of an adhesion out of templates: fields in braces, filled in.

A template is plain text (``#`` and ``##`` head a line) that becomes an ODT, or an ODT of the
relay's own, whose fields must each be typed in one go.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.files import replace_atomically
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.relay.model import Entity
from dinamis_qgis.core.text import tr

MOST_BYTES = 50_000_000
MOST_PARTS = 500
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_FIELD = re.compile(r"\{([a-z_]+)\}")
_NAMESPACES = (
    'xmlns:window="urn:oasis:names:tc:opendocument:xmlns:window:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties '
    f'fo:margin-top="{top}" fo:margin-bottom="0.2cm"/><style:text-properties '
    f'fo:font-size="{size}" fo:font-weight="{weight}"/></style:style>'
    for name, top, size, weight in (
        ("Titre1", "0cm", "16pt", "bold"),
        ("Titre2", "0.5cm", "12pt", "bold"),
        ("Corps", "0cm", "11pt", "normal"),
    )
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.2" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def entity_fields(entity: Entity, profile: Profile | None, today: date) -> dict[str, str]:
    """What the fields of a template stand for; what is not known is a line to fill in by hand."""
    licences = [x.title for x in (profile.licences if profile else ()) if not x.open]
    found = {
        "entite": entity.name,
        "siren": entity.siren,
        "siret": entity.siret,
        "forme": entity.legal_form,
        "adresse": entity.address,
        "avenant": entity.agreement,
        "representant": entity.representative,
        "fonction_representant": entity.representative_function,
        "referent": entity.referent,
        "fonction_referent": entity.referent_function,
        "courriel_referent": entity.referent_email,
        "relais": profile.relay.name if profile else "",
        "licences": "\n".join(f"– {title}" for title in licences),
        "date": f"{today:%d/%m/%Y}",
    }
    return {name: value or "………………" for name, value in found.items()}


def fill_in(template: str, fields: Mapping[str, str]) -> str:
    """A text with its fields; one that is not known stays as it is written."""
    return _FIELD.sub(lambda m: fields.get(m.group(1), m.group()), template)


def split_paragraphs(text: str) -> list[tuple[str, str]]:
    """(style, text) of each paragraph: ``Titre1``, ``Titre2`` or ``Corps``."""
    found = []
    for line in text.splitlines():
        if line.startswith("## "):
            found.append(("Titre2", line[3:]))
        elif line.startswith("# "):
            found.append(("Titre1", line[2:]))
        elif line.strip():
            found.append(("Corps", line))
    return found


def document_html(text: str) -> str:
    """The same document as HTML of ours, for printing."""
    tags = {"Titre1": "h1", "Titre2": "h3", "Corps": "p"}
    return "".join(f"<{tags[s]}>{escape(t)}</{tags[s]}>" for s, t in split_paragraphs(text))


def write_odt(text: str, target: Path) -> None:
    """An ODT of these paragraphs. Raises StorageError."""
    body = "".join(
        f'<text:p text:style-name="{style}">{escape(line)}</text:p>'
        for style, line in split_paragraphs(text)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<window:document-content {_NAMESPACES} '
        f'window:version="1.2"><window:automatic-styles>{_STYLES}</window:automatic-styles>'
        f"<window:body><window:text>{body}</window:text></window:body></window:document-content>"
    )
    with (
        replace_atomically(target) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)


def fill_odt(template: Path, target: Path, fields: Mapping[str, str]) -> None:
    """The relay's own ODT with its fields filled in; everything else as it is.

    Raises InvalidInput when it is no ODT, StorageError.
    """
    try:
        with zipfile.ZipFile(template) as source:
            parts = source.infolist()
            whole = sum(part.file_size for part in parts)
            if (
                len(parts) > MOST_PARTS
                or whole > MOST_BYTES
                or "content.xml" not in source.namelist()
            ):
                raise _no_odt(template)
            with replace_atomically(target) as path, zipfile.ZipFile(path, "w") as archive:
                for part in parts:
                    data = source.read(part)
                    if part.filename in ("content.xml", "styles.xml"):
                        data = _fill_template(data, fields)
                    stored = part.filename == "mimetype"
                    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                    archive.writestr(part.filename, data, kind)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError) as error:
        raise _no_odt(template) from error
    except OSError as error:
        raise from_os_error(error, template) from error


def _fill_template(data: bytes, fields: Mapping[str, str]) -> bytes:
    breaks = {n: escape(v).replace("\n", "<text:line-break/>") for n, v in fields.items()}
    return fill_in(data.decode("utf-8"), breaks).encode("utf-8")


def _no_odt(template: Path) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” is no ODT document.").format(name=template.name),
        tr("Save your template as OpenDocument text (.odt)."),
        code="template",
    )


def agreement_mail(entity: Entity, profile: Profile | None) -> str:
    """A ``mailto:`` with a ready message to who signs; the document is attached by the person."""
    address = entity.representative_email or entity.referent_email
    subject = tr("DINAMIS: agreement to be signed – {entity}").format(entity=entity.name)
    lines = [
        tr("Good morning,"),
        "",
        tr(
            "Please find here the agreement that brings you into DINAMIS. Please send it back "
            "signed, with the charter and the licences accepted."
        ),
        "",
        profile.relay.name if profile else "",
    ]
    body = "\r\n".join(lines)
    return f"mailto:{quote(address)}?subject={quote(subject)}&body={quote(body)}"
