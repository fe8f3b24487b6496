"""Logos drawn anew."""

from io import BytesIO

import pytest
from PIL import Image

from concordat.craft.images import LOGO, clean_logo
from concordat.kernel.errors import Invalid
from tests.craft.hostile import jpg, pdf, png, png_claiming


def seen(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("data", [png(4000, 1000), jpg(900, 3000), png(10, 10)])
def test_a_logo_fits_and_is_png(data: bytes) -> None:
    with seen(clean_logo(data)) as logo, seen(data) as given:
        assert logo.format == "PNG"
        assert logo.width <= LOGO[0]
        assert logo.height <= LOGO[1]
        assert logo.width / logo.height == pytest.approx(given.width / given.height, rel=0.05)
        red, green, blue = logo.convert("RGB").getpixel((logo.width // 2, logo.height // 2))
        assert (red, green, blue) == pytest.approx((0x12, 0x43, 0x6D), abs=3)


def test_nothing_else_of_the_file_survives() -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (40, 40), "#12436d").save(out, "JPEG", exif=exif, comment=b"secret note")
    data = out.getvalue() + b"<script>secret</script>"
    assert b"secret" in data
    assert b"secret" not in clean_logo(data)


def test_transparency_is_kept() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    with seen(clean_logo(out.getvalue())) as logo:
        assert logo.convert("RGBA").getpixel((20, 20))[3] == 0


@pytest.mark.parametrize(
    "data",
    [b"", b"x" * 100, pdf(), png_claiming(60_000, 60_000), png_claiming(5000, 5000), png()[:60]],
)
def test_what_is_no_logo_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        clean_logo(data)


def test_a_heavy_logo_is_refused() -> None:
    with pytest.raises(Invalid, match="at most 5 MB"):
        clean_logo(b"\x89PNG" + b"x" * (6 << 20))
