"""Pictures people upload: decoded, turned upright, cut square and written anew. Nothing else of the file survives."""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from alongside.foundation.errors import Invalid

SIDE = 512
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a decompression bomb is small as a file
FORMATS = ("JPEG", "PNG", "WEBP")


def square_photo(content: bytes) -> bytes:
    """A JPEG of SIDE × SIDE pixels without metadata. Raises Invalid for what is too large or no picture."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("This picture is larger than 8 MB. A smaller one does as well."), field="photo")
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(
                    _("This picture has more than 40 million points. A smaller one does as well."),
                    field="photo",
                )
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid(
            _("We could not read this as a picture. JPEG, PNG and WebP work."), field="photo"
        ) from None
    out = BytesIO()
    ImageOps.fit(upright, (SIDE, SIDE)).save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
