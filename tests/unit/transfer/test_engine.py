"""The engine: files through every state, by themselves and as a person wishes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import (
    AuthError,
    DinamisError,
    LicenceError,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.local_catalogue.record import product_at_home, products_at_home, write_record
from dinamis_qgis.core.transfer.engine import Engine, EngineNews
from dinamis_qgis.core.transfer.fetch.tools import Access, Tools
from dinamis_qgis.core.transfer.job import FileProgress
from dinamis_qgis.core.transfer.queue import Ask, Entry, FileState, Queue
from tests.support.hostile import Storage, content
from tests.support.stac import validate
from tests.unit.transfer.support_products import product
from tests.unit.transfer.test_fetch import multihash

SIZE = 600_000
Make = Callable[..., Engine]


def until(condition: Callable[[], object], what: str = "") -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.01)


@pytest.fixture
def make(tools: Callable[..., Tools], tmp_path: Path) -> Iterator[Make]:
    engines: list[Engine] = []

    def engine(enter: Any = None, **options: Any) -> Engine:
        one = Engine(
            Queue(tmp_path / "queue.sqlite"),
            tools(),
            enter or (lambda product: Access()),
            **options,
        )
        engines.append(one)
        return one

    yield engine
    for one in engines:
        one.stop()


def asks(storage: Storage, *names: str) -> list[Ask]:
    found = []
    for number, name in enumerate(names):
        data = content(SIZE, number)
        href = storage.put(f"{name}.tif", data)
        made = product(name, {"src_xs": (href, SIZE, multihash(data))})
        found.append(Ask(made, made.assets[0]))
    return found


def states(engine: Engine) -> list[FileState]:
    return [view.entry.state for view in engine.views()]


def test_a_batch_ends_with_files_records_and_one_piece_of_news(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    engine, news = make(), list[EngineNews]()
    engine.listeners.append(news.append)
    engine.start()
    engine.add(asks(storage, "A", "B", "C"), tmp_path / "home")
    until(lambda: any(n.kind == "batch" for n in news))
    assert states(engine) == [FileState.DONE] * 3
    time.sleep(0.1)
    assert [n.batch for n in news if n.kind == "batch"] == [1]
    for number, name in enumerate("ABC"):
        folder = tmp_path / "home" / name
        assert (folder / f"{name}_src_xs.tif").read_bytes() == content(SIZE, number)
        home = product_at_home(folder / f"{name}.json")
        assert home is not None
        assert home.assets[0].href == str(folder / f"{name}_src_xs.tif")
        assert (home.credit, home.licence, home.epsg, home.cloud_cover) == (
            "© Airbus DS 2018",
            "spot67",
            2154,
            4.0,
        )
    assert [p.id for p in products_at_home(tmp_path / "home")] == ["A", "B", "C"]


def test_the_records_are_valid_stac(storage: Storage, make: Make, tmp_path: Path) -> None:
    pystac = pytest.importorskip("pystac")
    engine = make()
    engine.start()
    engine.add(asks(storage, "A", "B"), tmp_path)
    until(lambda: states(engine) == [FileState.DONE] * 2)
    assert [item["id"] for item in validate(tmp_path)] == ["A", "B"]
    catalog = pystac.Catalog.from_file(str(tmp_path / "catalog.json"))
    items = list(catalog.get_items())
    assert [item.id for item in items] == ["A", "B"]
    for item in items:
        asset = item.assets["src_xs"]
        assert Path(asset.get_absolute_href()).read_bytes()[:10]
        assert asset.href.startswith("./")
        assert asset.extra_fields["file:size"] == SIZE
        assert item.geometry and item.bbox and item.datetime
        assert Path(item.get_root().self_href) == tmp_path / "catalog.json"


def test_pause_resume_and_cancel(storage: Storage, make: Make, tmp_path: Path) -> None:
    storage.pace = 0.05
    engine = make(files=1)
    engine.start()
    a, b, c = engine.add(asks(storage, "A", "B", "C"), tmp_path)
    until(lambda: engine.views()[0].done > 100_000)
    engine.pause([a])
    until(lambda: engine.queue.entry(a).state is FileState.PAUSED)
    assert engine.queue.entry(a).done > 100_000
    until(lambda: engine.queue.entry(b).state is FileState.RUNNING)
    engine.cancel([b, c])
    until(lambda: states(engine)[1:] == [FileState.CANCELLED] * 2)
    assert not list((tmp_path / "B").glob("*")) if (tmp_path / "B").exists() else True
    storage.pace, before = 0, storage.sent("/bucket/A.tif")
    engine.resume([a])
    until(lambda: engine.queue.entry(a).state is FileState.DONE)
    assert storage.sent("/bucket/A.tif") - before < SIZE - 60_000, (
        "one piece under way may be fetched again"
    )
    engine.resume([c])
    until(lambda: engine.queue.entry(c).state is FileState.DONE)
    engine.remove([a, b, c])
    assert engine.views() == []
    assert (tmp_path / "A" / "A_src_xs.tif").exists()


def test_stopping_and_starting_again_goes_on(storage: Storage, make: Make, tmp_path: Path) -> None:
    storage.pace = 0.05
    engine = make()
    engine.start()
    engine.add(asks(storage, "A", "B"), tmp_path)
    until(lambda: sum(v.done for v in engine.views()) > 200_000)
    engine.stop()
    storage.pace = 0
    again = make()
    assert FileState.DONE not in states(again)
    again.start()
    until(lambda: states(again) == [FileState.DONE] * 2)
    assert storage.sent() < 2 * SIZE + 8 * 200_000


def test_no_network_waits_and_goes_on_by_itself(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    storage.trick = lambda handler, asked: handler.drop() or True
    engine = make()
    engine.start()
    (a,) = engine.add(asks(storage, "A"), tmp_path)
    until(lambda: engine.views()[0].retry is not None)
    view = engine.views()[0]
    assert view.entry.state is FileState.WAITING
    assert isinstance(view.entry.error, Exception)
    assert view.entry.error.code == "cut"
    storage.trick = None
    engine.wake()
    until(lambda: states(engine) == [FileState.DONE])
    assert engine.queue.entry(a).error is None


def test_signed_out_waits_for_somebody_to_sign_in(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    who: list[str] = []

    def enter(product: Product) -> Access:
        if not who:
            raise AuthError("You are not signed in.")
        return Access()

    engine = make(enter)
    engine.start()
    engine.add(asks(storage, "A"), tmp_path)
    until(lambda: engine.views()[0].entry.error)
    assert engine.views()[0].retry is None
    assert storage.asked == []
    who.append("technicien")
    engine.wake()
    until(lambda: states(engine) == [FileState.DONE])


def test_no_licence_fails_before_any_byte_moves(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    def enter(product: Product) -> Access:
        raise LicenceError("no", "Ask your relay.")

    engine = make(enter)
    engine.start()
    engine.add(asks(storage, "A"), tmp_path)
    until(lambda: states(engine) == [FileState.FAILED])
    assert storage.asked == []
    assert not (tmp_path / "A").exists()


def test_impatient_fails_where_patient_waits(storage: Storage, make: Make, tmp_path: Path) -> None:
    storage.trick = lambda handler, asked: handler.reply(500, {}, b"") or True
    engine = make(patient=False)
    engine.start()
    engine.add(asks(storage, "A"), tmp_path)
    until(lambda: states(engine) == [FileState.FAILED])
    storage.trick = None
    engine.resume([engine.views()[0].entry.id])
    until(lambda: states(engine) == [FileState.DONE])


def test_only_one_process_runs_a_queue(
    storage: Storage, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinamis_qgis.core.transfer.engine._LOCK_S", 0.1)
    first, second = make(), make()
    first.start()
    until(lambda: first.mine)
    second.start()
    second.add(asks(storage, "A"), tmp_path)
    until(lambda: states(second) == [FileState.DONE])
    assert not second.mine
    first.stop()
    until(lambda: second.mine)


def test_clips_are_made_and_recorded_apart(storage: Storage, make: Make, tmp_path: Path) -> None:
    area = "POLYGON((-0.45 43.25,-0.44 43.25,-0.44 43.26,-0.45 43.26,-0.45 43.25))"
    made: list[Entry] = []

    def clip(entry: Entry, product: Product, cancel: Any, progress: Any) -> dict[str, Any]:
        made.append(entry)
        entry.target.parent.mkdir(parents=True, exist_ok=True)
        entry.target.write_bytes(b"tif")
        ring = [[-0.45, 43.25], [-0.44, 43.25], [-0.44, 43.26], [-0.45, 43.25]]
        return {"proj:shape": [1, 1], "dinamis:area": {"type": "Polygon", "coordinates": [ring]}}

    engine = make(clip=clip)
    engine.start()
    (ask,) = asks(storage, "A")
    engine.add([Ask(ask.product, ask.asset, area)], tmp_path)
    until(lambda: states(engine) == [FileState.DONE])
    assert made[0].area == area
    home = product_at_home(tmp_path / "A" / "A.json")
    assert home is not None and len(home.assets) == 1
    assert home.footprint.bounds == (-0.45, 43.25, -0.44, 43.26)
    engine.add([ask], tmp_path)
    until(lambda: states(engine) == [FileState.DONE] * 2)
    home = product_at_home(tmp_path / "A" / "A.json")
    assert home is not None and len(home.assets) == 2
    assert home.footprint.bounds == ask.product.footprint.bounds
    assert sorted(asset.taken_from for asset in home.assets) == ["", ask.product.assets[0].href], (
        "a clip is not the file"
    )


def test_a_clip_that_is_there_is_not_made_again(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    made: list[str] = []

    def clip(entry: Entry, product: Product, cancel: Any, progress: Any) -> dict[str, Any]:
        made.append(entry.area)
        entry.target.parent.mkdir(parents=True, exist_ok=True)
        entry.target.write_bytes(b"whole clip")
        return {
            "dinamis:area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
        }

    engine = make(clip=clip)
    engine.start()
    (ask,) = asks(storage, "A")
    one = Ask(ask.product, ask.asset, "POLYGON((0 0,1 0,1 1,0 0))")

    def again() -> None:
        engine.add([one], tmp_path)
        until(lambda: states(engine) == [FileState.DONE])

    again()
    again()
    assert len(made) == 1
    target = engine.views()[0].entry.target
    target.write_bytes(b"cut")
    again()
    assert len(made) == 2 and target.read_bytes() == b"whole clip"
    (tmp_path / "A" / "A.json").unlink()
    again()
    assert len(made) == 3
    engine.add([Ask(ask.product, ask.asset, "POLYGON((0 0,2 0,2 2,0 0))")], tmp_path)
    until(lambda: states(engine) == [FileState.DONE] * 2)
    assert len(made) == 4


def test_the_order_can_be_changed_while_others_run(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    order: list[str] = []
    gate = threading.Event()

    def enter(product: Product) -> Access:
        order.append(product.id)
        if product.id == "A":
            gate.wait(10)
        return Access()

    engine = make(enter, files=1)
    engine.start()
    ids = engine.add(asks(storage, "A", "B", "C", "D"), tmp_path)
    until(lambda: states(engine)[0] is FileState.RUNNING)
    engine.place(ids[3], ids[1])
    engine.place(ids[1], None)
    gate.set()
    until(lambda: states(engine) == [FileState.DONE] * 4)
    assert order == ["A", "D", "C", "B"]


def test_a_product_without_date_is_still_valid(tmp_path: Path) -> None:
    pystac = pytest.importorskip("pystac")
    made = product("A", {"src_xs": ("https://x.invalid/a.tif", 3, "")}, datetime=None)
    (tmp_path / "A").mkdir()
    (tmp_path / "A" / "a.tif").write_bytes(b"tif")
    item = pystac.Item.from_file(
        str(write_record(tmp_path, made, {"src_xs": (tmp_path / "A" / "a.tif", {})}))
    )
    assert validate(tmp_path)
    assert (
        item.datetime is None
        and item.common_metadata.start_datetime
        and item.common_metadata.end_datetime
    )
    home = product_at_home(tmp_path / "A" / "A.json")
    assert home is not None and home.datetime is None


def test_a_cancelled_clip_leaves_nothing(storage: Storage, make: Make, tmp_path: Path) -> None:
    def clip(entry: Entry, product: Product, cancel: Any, progress: Any) -> dict[str, Any]:
        while True:
            cancel.wait(0.01)

    engine = make(clip=clip)
    engine.start()
    (ask,) = asks(storage, "A")
    (identity,) = engine.add([Ask(ask.product, ask.asset, "POLYGON((0 0,1 0,1 1,0 0))")], tmp_path)
    until(lambda: states(engine) == [FileState.RUNNING])
    engine.cancel([identity])
    until(lambda: states(engine) == [FileState.CANCELLED])


def test_a_fault_of_ours_fails_one_file_only(storage: Storage, make: Make, tmp_path: Path) -> None:
    def enter(product: Product) -> Access:
        if product.id == "A":
            raise ZeroDivisionError
        return Access()

    engine = make(enter)
    engine.start()
    engine.add(asks(storage, "A", "B"), tmp_path)
    until(lambda: states(engine) == [FileState.FAILED, FileState.DONE])
    assert engine.views()[0].entry.error.code == "bug"


def test_speed_and_time_left(storage: Storage, make: Make, tmp_path: Path) -> None:
    storage.pace = 1.0
    engine = make()
    engine.start()
    engine.add(asks(storage, "A"), tmp_path)
    found: list[FileProgress] = []

    def under_way() -> bool:
        found[:] = [v for v in engine.views() if v.speed and v.total and v.done < v.total]
        return bool(found)

    until(under_way)
    assert found[0].total == SIZE
    assert found[0].left is not None and 0 < found[0].left < 60


def test_a_wish_is_never_lost(storage: Storage, make: Make, tmp_path: Path) -> None:
    """Pause, go on and give up as fast as one can click, while workers pass from one file to the
    next.
    """
    storage.pace = 0.05
    engine = make()
    engine.start()
    ids = engine.add(asks(storage, *"ABCDEF"), tmp_path)
    for _ in range(15):
        engine.pause(ids)
        until(
            lambda: not {FileState.RUNNING, FileState.WAITING} & set(states(engine)), "all are held"
        )
        engine.resume(ids)
        time.sleep(0.01)
    engine.cancel(ids)
    until(
        lambda: all(state in (FileState.CANCELLED, FileState.DONE) for state in states(engine)),
        "all are given up",
    )
    assert not list(tmp_path.rglob("*.part*"))


def test_going_on_at_once_is_not_lost(storage: Storage, make: Make, tmp_path: Path) -> None:
    storage.pace = 0.02
    engine = make()
    engine.start()
    ids = engine.add(asks(storage, *"ABC"), tmp_path)
    for _ in range(40):
        engine.pause(ids)
        engine.resume(ids)
    until(lambda: states(engine) == [FileState.DONE] * 3, "all arrive")


def test_what_is_in_the_way_is_said_while_it_is_tried_again(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    """Not only once all tries are used up."""
    storage.trick = lambda handler, asked: handler.drop() or True
    engine, said = make(), list[str]()

    def hear(_: EngineNews) -> None:
        running = [
            view.entry.error for view in engine.views() if view.entry.state is FileState.RUNNING
        ]
        said.extend(error.code for error in running if error is not None)

    engine.listeners.append(hear)
    engine.start()
    engine.add(asks(storage, "A"), tmp_path)
    until(lambda: said, "why it is tried again")
    assert said[0] == "cut"
    storage.trick = None
    engine.wake()
    until(lambda: states(engine) == [FileState.DONE])
    assert engine.views()[0].entry.error is None


def test_files_of_one_product_that_end_together_are_all_recorded(tmp_path: Path) -> None:
    files = {f"a{n}": tmp_path / "P" / f"a{n}.tif" for n in range(12)}
    (tmp_path / "P").mkdir()
    for file in files.values():
        file.write_bytes(b"x")
    made = product("P", {key: (f"https://storage.test/{key}.tif", 1, "") for key in files})
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda key: write_record(tmp_path, made, {key: (files[key], {})}), files))
    home = product_at_home(tmp_path / "P" / "P.json")
    assert home is not None and {asset.key for asset in home.assets} == set(files)
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_person_does_not_wait_for_the_next_try(
    storage: Storage, tools: Callable[..., Tools], tmp_path: Path
) -> None:
    """The storage asked to come back in 100 s; pressing “go on” asks it now."""

    def busy(handler: Any, asked: Any) -> bool:
        handler.reply(503, {"Retry-After": "100"}, b"")
        return True

    storage.trick = busy
    engine = Engine(
        Queue(tmp_path / "queue.sqlite"), tools(longest_wait_s=1000.0), lambda product: Access()
    )
    try:
        engine.start()
        ids = engine.add(asks(storage, "A"), tmp_path / "home")
        until(
            lambda: storage.asked and not engine.tools.hosts._hosts[storage.url].used, "the refusal"
        )
        until(lambda: engine.tools.hosts._hosts[storage.url].closed_until, "the pause")
        storage.trick = None
        until(lambda: engine.resume(ids) or states(engine) == [FileState.DONE], "the file")
    finally:
        engine.stop()


@pytest.mark.parametrize(
    "failure", [NetworkError("no"), ServiceError("nonsense", status=200), LicenceError("no")]
)
def test_going_on_while_a_try_fails_begins_the_next_at_once(
    failure: DinamisError,
    storage: Storage,
    make: Make,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What stopped the one may be over for the next: else it says so itself."""
    monkeypatch.setattr("dinamis_qgis.core.transfer.job._FIRST_S", 1000.0)
    begun, may_fail, tries = threading.Event(), threading.Event(), list[str]()

    def clip(entry: Entry, product: Product, cancel: Any, progress: Any) -> dict[str, Any]:
        tries.append(entry.area)
        if len(tries) == 1:
            begun.set()
            may_fail.wait(30)
            raise failure
        entry.target.parent.mkdir(parents=True, exist_ok=True)
        entry.target.write_bytes(b"clip")
        return {
            "dinamis:area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
        }

    engine = make(clip=clip)
    engine.start()
    (ask,) = asks(storage, "A")
    ids = engine.add([Ask(ask.product, ask.asset, "POLYGON((0 0,1 0,1 1,0 0))")], tmp_path)
    assert begun.wait(20)
    engine.resume(ids)
    may_fail.set()
    until(lambda: states(engine) == [FileState.DONE])
    assert len(tries) == 2


def test_a_fault_of_ours_is_handed_to_whoever_has_a_log(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    heard: list[BaseException] = []

    def unexpected(error: BaseException) -> DinamisError:
        heard.append(error)
        return DinamisError("Something.", code="bug")

    def enter(product: Product) -> Access:
        return {}["missing"]  # type: ignore[no-any-return]

    engine = make(enter, unexpected=unexpected)
    engine.start()
    engine.add(asks(storage, "A"), tmp_path)
    until(lambda: states(engine) == [FileState.FAILED])
    assert isinstance(heard[0], KeyError) and heard[0].__traceback__ is not None


@pytest.mark.parametrize("failure", [NetworkError("no"), ServiceError("nonsense", status=200)])
def test_a_wish_while_a_try_fails_holds(
    failure: DinamisError, storage: Storage, make: Make, tmp_path: Path
) -> None:
    begun, may_fail = [threading.Event(), threading.Event()], threading.Event()

    def clip(entry: Entry, product: Product, cancel: Any, progress: Any) -> dict[str, Any]:
        begun[entry.id - 1].set()
        may_fail.wait(30)
        raise failure

    engine = make(clip=clip)
    engine.start()
    (ask,) = asks(storage, "A")
    areas = ("POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((0 0,2 0,2 1,0 0))")
    one, two = engine.add([Ask(ask.product, ask.asset, area) for area in areas], tmp_path)
    assert all(event.wait(20) for event in begun)
    engine.pause([one])
    engine.cancel([two])
    may_fail.set()
    paused = failure if isinstance(failure, ServiceError) else None
    until(
        lambda: states(engine)
        == [FileState.FAILED if paused else FileState.PAUSED, FileState.CANCELLED]
    )
