"""QR codes that bring a reader of paper back to the page."""

from __future__ import annotations

import io

import segno

from documents.glyphs import Verbatim


def svg(address: str) -> Verbatim:
    """The address as a picture in black and white, its quiet zone included."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", xmldecl=False, border=2, light="#fff")
    return Verbatim(drawn.getvalue().decode())


def data_uri(address: str) -> str:
    """The same for an `<img>`; the portal's policy allows `data:` pictures."""
    return str(segno.make_qr(address, error="m").svg_data_uri(border=2, light="#fff", omitsize=True))
