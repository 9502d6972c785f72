"""What happens to requests, told in the message bar whether or not their tab is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages
from dinamis_qgis.core.tasking.model import COMPLETED, FINAL, Request, Status, state_text
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.bridge.requests.tracker import RequestTracker
    from dinamis_qgis.core.catalogue.model import Product


class RequestAnnouncer(QObject):
    """Listens to a tracker; its buttons ask the window to show a request (``request_wanted``)."""

    def __init__(self, context: Context, tracker: RequestTracker) -> None:
        super().__init__(tracker)
        self._context = context
        tracker.left.connect(announce_sent)
        tracker.due.connect(self._announce_reminder)
        tracker.news.connect(self._announce_news)
        tracker.delivered.connect(self._announce_delivery)

    def _see(self, request: Request) -> tuple[str, Any]:
        return tr("See"), lambda: self._context.request_wanted.emit(request)

    def _announce_reminder(self, request: Request) -> None:
        text = tr(
            "“{title}”: no news noted for a while. Ask your relay, then note its state."
        ).format(title=request.label)
        messages.warn(text, self._see(request), key=f"remind-{request.reference}")

    def _announce_news(self, request: Request, steps: tuple[Status, ...]) -> None:
        """One message for a change, however many steps it brought."""
        last = steps[-1]
        text = tr("“{title}”: {state}.").format(
            title=request.label, state=state_text(last.code).lower()
        )
        if last.code in FINAL and last.code != COMPLETED:
            said = f"{text} {last.reason}".strip()
            messages.warn(said, self._see(request), key=f"request-{request.reference}")
        elif last.code != COMPLETED:
            messages.info(text)

    def _announce_delivery(self, request: Request, products: tuple[Product, ...]) -> None:
        from dinamis_qgis.bridge.layers.add import add_product

        text = tr("“{title}”: the image is there.").format(title=request.label)
        add = (tr("Add to map"), lambda: add_product(self._context, products[0]))
        messages.success(text, add)


def announce_sent(request: Request) -> None:
    """A request has left, now or after it had waited."""
    messages.success(
        tr("“{title}” is sent. You will be told of its progress here.").format(title=request.label)
    )
