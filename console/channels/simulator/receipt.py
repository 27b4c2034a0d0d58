"""A one-page PDF that customers attach: a payment receipt, written byte by byte."""

from __future__ import annotations

from typing import Final

_TITLE: Final = "Comprovante de pagamento"
_LINES: Final = (
    ("Banco", "Banco do Vale S.A."),
    ("Data", "20/11/2026 às 10:42"),
    ("Valor", "R$ 189,90"),
    ("Forma", "Pix"),
    ("De", "Marina Campos"),
    ("Para", "Loja Aurora Comércio Ltda."),
    ("Descrição", "Pedido A-20417"),
    ("Autenticação", "7F3A.19C4.88B0.2D6E"),
)
_PAGE: Final = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 460]/Contents 4 0 R"
    b"/Resources<</Font<</R 5 0 R/B 6 0 R>>>>>>"
)
_NOTE: Final = "Documento de demonstração, sem valor."


def receipt() -> bytes:
    """The whole file."""
    return _file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            _PAGE,
            _stream(_page()),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        ]
    )


def _page() -> str:
    drawn = ["0.04 0.48 0.36 rg 0 400 420 60 re f 1 1 1 rg", _text(32, 424, 17, _TITLE, "B")]
    y = 366
    for name, value in _LINES:
        drawn += ["0.4 0.46 0.44 rg", _text(32, y, 10, name), "0.08 0.13 0.11 rg"]
        drawn += [_text(130, y, 12, value, "B"), f"0.85 G 32 {y - 14} m 388 {y - 14} l S"]
        y -= 38
    return "\n".join([*drawn, "0.4 0.46 0.44 rg", _text(32, 40, 10, _NOTE)])


def _text(x: int, y: int, size: int, text: str, font: str = "R") -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET"


def _stream(drawn: str) -> bytes:
    content = drawn.encode("cp1252")
    return b"<</Length %d>>stream\n%b\nendstream" % (len(content), content)


def _file(objects: list[bytes]) -> bytes:
    """Header, objects, the table of their places, trailer."""
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%b endobj\n" % (number, body)
    begin, size = len(written), len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n" % size
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, begin)
    return bytes(written)
