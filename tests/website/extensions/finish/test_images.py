import pytest
from PIL import Image, ImageChops

from website.extensions.finish.images import sized_images, webp_figures, write_webp


@pytest.fixture
def figure():
    """A picture with half of its colors half transparent."""
    picture = Image.new("RGBA", (40, 30), (10, 20, 30, 255))
    picture.paste((200, 100, 50, 90), (0, 0, 20, 30))
    picture.putpixel((39, 29), (1, 2, 3, 0))
    return picture


@pytest.fixture
def images(tmp_path, figure):
    """The folder of a site's images, with one figure."""
    folder = tmp_path / "_images"
    folder.mkdir()
    figure.save(folder / "f.png")
    return folder


def test_webp_shows_the_same_pixels_and_the_png_is_gone(images, figure, tmp_path):
    write_webp(images, tmp_path / "cache")
    assert [path.name for path in images.iterdir()] == ["f.webp"]
    with Image.open(images / "f.webp") as shown:
        assert shown.format == "WEBP"
        assert (
            ImageChops.difference(shown.convert("RGBA"), figure).getbbox(alpha_only=False) is None
        )


def test_kept_webp_is_used_again(images, figure, tmp_path):
    write_webp(images, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(b"kept")
    figure.save(images / "f.png")
    write_webp(images, tmp_path / "cache")
    assert (images / "f.webp").read_bytes() == b"kept"


def test_page_names_the_webp_but_cards_stay_png(images, tmp_path):
    write_webp(images, tmp_path / "cache")
    card = '<meta property="og:image" content="https://x.org/_static/card.png">'
    html = f'{card}<a href="_images/f.png"><img src="_images/f.png"></a><img src="_images/g.png">'
    assert webp_figures(html, tmp_path) == (
        f'{card}<a href="_images/f.webp"><img src="_images/f.webp"></a><img src="_images/g.png">'
    )


def test_figures_get_their_size_and_are_fetched_when_the_reader_is_near(images, tmp_path):
    html = '<img alt="a" src="_images/f.png" /><img alt="b" src="_images/f.png" />'
    sized = sized_images(html, tmp_path)
    assert sized == (
        '<img alt="a" src="_images/f.png" width="40" height="30" loading="lazy" />'
        '<img alt="b" src="_images/f.png" width="40" height="30" loading="lazy" />'
    )
    assert sized_images(sized, tmp_path) == sized


def test_picture_whose_name_is_written_in_an_address_is_found(images, figure, tmp_path):
    figure.save(images / "Übersicht.png")
    write_webp(images, tmp_path / "cache")
    html = webp_figures('<img src="_images/%C3%9Cbersicht.png">', tmp_path)
    assert sized_images(html, tmp_path) == (
        '<img src="_images/%C3%9Cbersicht.webp" width="40" height="30" loading="lazy">'
    )


@pytest.mark.parametrize("name", ["missing.png", "plan.svg"])
def test_picture_without_a_known_size_stays_as_it_is(images, tmp_path, name):
    """Sphinx has said that the one is missing; the other is not by Matplotlib."""
    (images / "plan.svg").write_text('<svg viewBox="0 0 9 9"></svg>', encoding="utf-8")
    html = f'<img alt="a" src="_images/{name}" />'
    assert sized_images(webp_figures(html, tmp_path), tmp_path) == html
