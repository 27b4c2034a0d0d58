"""Files read back as a program of another make would: each gives its rows as a list of dicts."""

import csv
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import duckdb
from pyarrow import parquet

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile("_x([0-9A-F]{4})_")


def of_csv(path, separator=","):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file, delimiter=separator)]


def of_parquet(path):
    return parquet.read_table(path).to_pylist()


def of_jsonl(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def of_duckdb(path):
    with duckdb.connect(str(path), read_only=True) as connection:
        ((name,),) = connection.execute("show tables").fetchall()
        return connection.table(name).to_arrow_table().to_pylist()


def of_xlsx(path):
    return [row for sheet in sheets(path) for row in sheet]


def sheets(path):
    """The rows of each sheet; a text is a text, any other value a number."""
    with zipfile.ZipFile(path) as book:
        names = [n for n in book.namelist() if n.startswith("xl/worksheets/")]
        names.sort(key=lambda name: int(re.search(r"\d+", name)[0]))
        return [_rows(book.read(name)) for name in names]


def formulas(path):
    """How many cells of a book are computed."""
    with zipfile.ZipFile(path) as book:
        parts = [book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/")]
    return sum(len([*_tree(part).iter(f"{SHEET}f")]) for part in parts)


def _rows(part):
    head, *lines = (_cells(row) for row in _tree(part).iter(f"{SHEET}row"))
    return [{name: line.get(place) for place, name in head.items()} for line in lines]


def _tree(part):
    return ET.fromstring(part)  # noqa: S314 - a file of our own


def _cells(row):
    return {re.match("[A-Z]+", cell.get("r"))[0]: _value(cell) for cell in row}


def _value(cell):
    match cell.get("t"):
        case "inlineStr":
            text = "".join(part.text or "" for part in cell.iter(f"{SHEET}t"))
            return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        case "b":
            return cell.find(f"{SHEET}v").text == "1"
        case _:
            return float(cell.find(f"{SHEET}v").text)


READERS = {
    "csv": of_csv,
    "xlsx": of_xlsx,
    "parquet": of_parquet,
    "jsonl": of_jsonl,
    "duckdb": of_duckdb,
}
