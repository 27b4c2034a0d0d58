"""Making a file: the rows behind a filter in one grain and format, with a manifest beside it.

Nothing is there before all of it is: a file is written under another name, hashed on the way or
read once for it, and then takes its place together with its manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.exports import apart, formats, grains
from console.exports.formats import Format, Write
from console.exports.rows import Rows, columns_of
from console.i18n import Text
from console.readmodel import duck, expression
from console.readmodel.model import ReadModel
from console.store.work import Store

UNKNOWN: Final = Text(
    "Não existe esse tipo de exportação. Recarregue a página.",
    "There is no such kind of export. Reload the page.",
    "No existe ese tipo de exportación. Recarga la página.",
)
_MANIFEST: Final = ".manifest.json"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported: everything a filter matches, in a grain, as a sort of file.

    `columns` are those that are wanted, in their order; none for all that the person may see.
    `about` joins the manifest, such as the id by which the audit knows the file.
    """

    grain: str
    format: str
    filter: str = ""
    separator: str = ","
    columns: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file and what its manifest says."""

    path: Path
    rows_n: int
    sha256: str
    manifest: Mapping[str, Any] = field(repr=False)

    @property
    def manifest_path(self) -> Path:
        """Where the manifest lies."""
        return manifest_of(self.path)


def manifest_of(path: Path) -> Path:
    """The manifest beside a file."""
    return path.with_name(path.name + _MANIFEST)


def check(wish: Wish, who: Acting) -> None:
    """Raise RuleError for who may not, an unknown kind or column, a filter that has no sense."""
    if not who.may(Right.EXPORT):
        raise RuleError(NOT_ALLOWED)
    if wish.grain not in grains.BY_KEY or wish.format not in formats.BY_KEY:
        raise RuleError(UNKNOWN)
    grains.BY_KEY[wish.grain].chosen(wish.columns, who)
    expression.parse(wish.filter)


def export(
    store: Store,
    model: ReadModel,
    who: Acting,
    wish: Wish,
    path: Path,
    *,
    now: Instant,
    told: Callable[[int], None] = lambda _: None,
    is_server: bool = False,
) -> Made:
    """Write what a person may see of a filter to `path`; raises RuleError, and leaves nothing then.

    `told` hears how many rows have gone by, and may raise to end it. A server has slow formats
    written by another process.
    """
    check(wish, who)
    model.sync()
    if wish.grain != "conversation":
        model.count()
    grain = grains.BY_KEY[wish.grain]
    tree = expression.parse(wish.filter)
    columns = grain.chosen(wish.columns, who)
    with model.cursor() as cursor:
        state = duck.read_state(cursor)
    about = {
        **wish.about,
        "grain": grain.key,
        "filter": expression.to_text(tree),
        "seen_by": f"{who.role.value}, {who.scope.kind}",
        "is_pseudonymised": who.is_masked,
        "left_out": [c.name for c in grain.columns_for(who) if c not in columns],
        "watermark": {"epoch": state["epoch"], "cursor": state["cursor"]},
    }
    found = grains.batches(grain, store, model, tree, who, now, columns)
    rows = Rows(grain.key, columns, found, model.zone, wish.separator)
    form = formats.BY_KEY[wish.format]
    write = _writer(form, is_server=is_server)
    return _made(form, write, rows, path, {**about, **_by(who, now)}, told)


def export_table(
    table: pa.Table,
    form: str,
    path: Path,
    *,
    model: ReadModel,
    who: Acting,
    now: Instant,
    name: str = "table",
    about: Mapping[str, Any] | None = None,
) -> Made:
    """Write the table behind a figure; `about` joins the manifest, such as its filter and metrics.

    The table is what the person saw: whoever asks has masked it already.
    """
    rows = Rows(name, columns_of(table.schema), table.to_batches(), model.zone)
    return export_rows(rows, form, path, who=who, now=now, about=about or {})


def export_rows(
    rows: Rows,
    form: str,
    path: Path,
    *,
    who: Acting,
    now: Instant,
    about: Mapping[str, Any],
    told: Callable[[int], None] = lambda _: None,
    is_server: bool = False,
) -> Made:
    """The same of rows that pass by once, such as those of a typed statement."""
    if not who.may(Right.EXPORT):
        raise RuleError(NOT_ALLOWED)
    write = _writer(formats.BY_KEY[form], is_server=is_server)
    return _made(formats.BY_KEY[form], write, rows, path, {**about, **_by(who, now)}, told)


def _writer(form: Format, *, is_server: bool) -> Write:
    return partial(apart.write, form) if is_server and form.is_slow else form.write


def _by(who: Acting, now: Instant) -> dict[str, Any]:
    at = datetime.fromtimestamp(now // SECOND, tz=UTC)
    return {"created_at": at.isoformat(), "created_by": who.name}


def _made(
    form: Format,
    write: Write,
    rows: Rows,
    path: Path,
    about: Mapping[str, Any],
    told: Callable[[int], None],
) -> Made:
    counted = _Counted(rows.batches, told)
    given = Rows(rows.name, rows.columns, counted, rows.zone, rows.separator)
    with _in_the_making(path) as (part, manifest_part):
        sha256 = write(part, given) or _hash(part)
        manifest = {
            "file": path.name,
            **about,
            "format": form.key,
            "rows": counted.n,
            "columns": [{"name": c.name, "kind": c.kind.value} for c in rows.columns],
            "time_zone": rows.zone.key,
            "is_guarded": form.is_guarded,
            "bytes": part.stat().st_size,
            "sha256": sha256,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        manifest_part.write_text(text + "\n", encoding="utf-8")
    return Made(path, counted.n, sha256, manifest)


class _Counted:
    """Batches that tell how many rows have gone by."""

    def __init__(self, batches: Iterable[pa.RecordBatch], told: Callable[[int], None]) -> None:
        self._batches = batches
        self._told = told
        self.n = 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.n += batch.num_rows
            yield batch
            self._told(self.n)


@contextmanager
def _in_the_making(path: Path) -> Iterator[tuple[Path, Path]]:
    """Names for a file and its manifest until both are whole; whatever happens, none stays."""
    parts = path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.manifest.part")
    _remove(parts)
    try:
        if path.suffix != ".duckdb":  # which makes its file itself
            parts[0].touch(mode=0o600)
        yield parts
        for part, place in zip(parts, (path, manifest_of(path)), strict=True):
            part.chmod(0o600)
            part.replace(place)
    finally:
        _remove(parts)


def _remove(parts: Sequence[Path]) -> None:
    for part in parts:
        for name in (part.name, f"{part.name}.wal"):
            part.with_name(name).unlink(missing_ok=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
