"""Pictures are decoded and written anew: smaller, upright and without place, camera and author."""

from __future__ import annotations

import io
from typing import IO, Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from practices.files import kinds
from practices.files.kinds import FileKind
from practices.files.refusal import UnacceptableFileError

LONGEST_SIDE = 2400
MOST_PIXELS = 60_000_000
READ = ["JPEG", "PNG", "WEBP", "GIF"]
QUALITY = 85
JPEG_IS_CHEAPER = 4  # times: it is decoded at the size that is kept


def re_encoded(file: IO[bytes] | Any) -> tuple[FileKind, ContentFile]:
    """The picture as it is stored; of a moving one the first frame."""
    file.seek(0)
    try:
        with Image.open(file, formats=READ) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large()
            return _written(picture)
    except UnacceptableFileError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # what damaged pictures make decoders raise is not documented anywhere
        raise UnacceptableFileError(
            _("Das Bild lässt sich nicht lesen. Bitte speichern Sie es neu, zum Beispiel als JPEG oder PNG.")
        ) from error


def effort_of(file: IO[bytes] | Any) -> int:
    """What re-encoding costs, in pixels; read from the picture's head. 0 for what is no picture."""
    file.seek(0)
    try:
        with Image.open(file, formats=READ) as picture:
            pixels = picture.width * picture.height
            return pixels // JPEG_IS_CHEAPER if picture.format == "JPEG" else pixels
    except Exception:  # damaged in whatever way: `re_encoded` says so
        return 0


def _too_large() -> UnacceptableFileError:
    return UnacceptableFileError(
        _("Das Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es auf höchstens 60 Megapixel.")
    )


def _written(picture: Image.Image) -> tuple[FileKind, ContentFile]:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone: spares decoding what is thrown away
    is_photo, is_webp = picture.format == "JPEG", picture.format == "WEBP"
    upright = ImageOps.exif_transpose(picture)
    has_alpha = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info.clear()
    out = io.BytesIO()
    if is_photo:
        plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        return kinds.JPEG, ContentFile(out.getvalue())
    if is_webp:
        plain.save(out, "WEBP", quality=QUALITY)
        return kinds.WEBP, ContentFile(out.getvalue())
    plain.save(out, "PNG", optimize=True)
    return kinds.PNG, ContentFile(out.getvalue())
