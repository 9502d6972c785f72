"""Which service is used: choose a profile, or import a relay's file after having seen which hosts
it will talk to.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import profiles, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.account.record import account_origins
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import import_profile, load_profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.widgets import RED, Notice, make_button, plain_tip, text_label

ID_ROLE = Qt.ItemDataRole.UserRole


class ProfilesDialog(QDialog):
    """The services known, and the way to add one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._candidate: tuple[Path, Profile] | None = None
        self.setObjectName("ProfilesDialog")
        self.setWindowTitle(tr("Service used"))
        column = QVBoxLayout(self)
        column.addWidget(
            text_label(
                tr(
                    "The service says where the catalogues, the sign-in and the requests are. "
                    "Your relay may give you a file for its own."
                ),
                quiet=True,
            )
        )
        self.list = QListWidget()
        self.list.setObjectName("profilesView")
        self.list.setAccessibleName(tr("Services"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda *_: self._use())
        column.addWidget(self.list, 1)
        self.notice = Notice()
        self.notice.label.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self.notice)
        self.use_button = make_button(tr("Use this service"), self._use, "useProfileButton")
        self.import_button = make_button(
            tr("Import a relay’s file…"), self._choose_file, "importProfileButton"
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.addButton(self.use_button, QDialogButtonBox.ButtonRole.AcceptRole)
        column.addWidget(self.import_button)
        column.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.resize(440, 380)
        self._load()

    def show_file(self, path: Path) -> None:
        """Read a relay's file and show what it would talk to; nothing is kept or contacted yet."""
        schema = profiles.schema_path()
        self._run(
            lambda job: load_profile(path, schema),
            lambda profile: self._show_candidate(path, profile),
        )

    # the list
    # ------------------------------------------------------------------------------------------

    def _load(self) -> None:
        paths = self._context.paths
        self._run(lambda job: profiles.profile_choices(paths), self._show_choices)

    def _show_choices(self, choices: list[profiles.Choice]) -> None:
        current = (
            self._context.profile.id if self._context.profile else self._context.settings.profile
        )
        self.list.clear()
        for choice in choices:
            item = QListWidgetItem(
                tr("{title} (in use)").format(title=choice.title)
                if choice.id == current
                else choice.title
            )
            item.setData(ID_ROLE, choice.id)
            item.setToolTip(as_plain(str(choice.path)))
            self.list.addItem(item)
            if choice.id == current:
                self.list.setCurrentItem(item)
        self._enable()

    def _chosen(self) -> str:
        items = self.list.selectedItems()
        return str(items[0].data(ID_ROLE)) if items else ""

    def _enable(self) -> None:
        current = self._context.profile.id if self._context.profile else ""
        chosen = self._chosen()
        self.use_button.setEnabled(bool(chosen) and chosen != current)
        self.use_button.setToolTip(
            tr("This service is in use") if chosen and chosen == current else ""
        )

    def _use(self) -> None:
        if self.use_button.isEnabled():
            self._context.open(self._chosen())
            self.accept()

    # a relay's file
    # ------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Import a relay’s file…"), "", tr("Profile (*.json)")
        )
        if name:
            self.show_file(Path(name))

    def _show_candidate(self, path: Path, profile: Profile) -> None:
        self._candidate = (path, profile)
        hosts = "".join(f"<li>{escape(host)}</li>" for host in profile.hosts())
        lines = [
            tr("“{title}” will make QGIS talk to:").format(title=f"<b>{escape(profile.title)}</b>"),
            f"<ul>{hosts}</ul>",
        ]
        if profile.auth.discovery and not profile.auth.hosts:
            lines.append(
                tr(
                    "and to the sign-in server that this service names: check its address when "
                    "you sign in."
                )
                + "<br>"
            )
        given = [urlsplit(each).netloc or each for each in account_origins(profile)]
        if given and not profile.training:
            lines.append(
                tr("Your account will be used at: {hosts}.").format(hosts=escape(", ".join(given)))
                + "<br>"
            )
        relay = " ".join(escape(x) for x in (profile.relay.name, profile.relay.email) if x)
        lines.append(tr("Relay: {relay}").format(relay=relay) + "<br>")
        if (self._context.paths.home / "profiles" / f"{profile.id}.json").is_file():
            lines.append(
                tr("It replaces the service of the same name (“{id}”).").format(
                    id=escape(profile.id)
                )
                + "<br>"
            )
        lines.append(tr("Accept only a file that your relay itself gave you."))
        yes = make_button(tr("Trust and use"), self._accept_candidate, "trustProfileButton")
        no = make_button(tr("Do not import"), self._refuse_candidate, "refuseProfileButton")
        self.notice.show_notice("".join(lines), [yes, no])
        self._ask(True)
        no.setFocus()

    def _refuse_candidate(self) -> None:
        self._candidate = None
        self.notice.hide()
        self._ask(False)

    def _ask(self, asking: bool) -> None:
        """One question at a time: the list makes room for it."""
        for widget in (self.list, self.import_button, self.use_button):
            widget.setVisible(not asking)
        self.layout().activate()
        self.resize(
            self.width(),
            self.layout().heightForWidth(self.width()) if asking else max(self.height(), 380),
        )

    def _accept_candidate(self) -> None:
        if self._candidate is None:
            return
        (path, seen), schema = self._candidate, profiles.schema_path()
        folder = self._context.paths.home / "profiles"

        def work(job: tasks.Job) -> Profile:
            if load_profile(path, schema) != seen:
                raise InvalidInput(
                    tr("The file has changed since it was shown."), tr("Import it again.")
                )
            return import_profile(path, schema, folder)

        self._run(work, self._imported)

    def _imported(self, profile: Profile) -> None:
        self._context.open(profile.id)
        self.accept()

    def _run(self, work: object, done: object) -> None:
        self.notice.hide()
        self._ask(False)
        tasks.run(work, done=done, failed=self._failed, parent=self, title="profiles")  # type: ignore[arg-type]

    def _failed(self, error: DinamisError) -> None:
        if not isinstance(error, Cancelled):
            self.notice.show_notice(escape(error.sentence()), (), RED)
            self.notice.setToolTip(plain_tip(error.details))
