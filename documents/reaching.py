"""Addresses of mail and telephone numbers as links, for runs of `documents.prose`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.glyphs import Verbatim

if TYPE_CHECKING:
    from accounts.callees import Callee
    from documents.prose import Run


def ways_to(callee: Callee) -> list[Run]:
    """Number, then address, as far as they are known. What is no number, such as „auf Anfrage“, is text."""
    runs: list[Run] = []
    if callee.phone:
        runs.append(_linked(callee.phone, f"tel:{callee.phone_link}" if callee.phone_link else ""))
    if callee.email:
        runs.append(_mail(callee.email))
    return runs


def with_mail(text: str, address: str) -> list[Run]:
    """The sentence with the address in it as a link."""
    before, found, after = text.partition(address)
    if not found:
        return [{"text": text}] if text else []
    return [{"text": before}, _mail(address), *([{"text": after}] if after else [])]


def _mail(address: str) -> Run:
    return _linked(address, f"mailto:{address}")


def _linked(text: str, href: str) -> Run:
    return {"text": text, "href": Verbatim(href)} if href else {"text": text}
