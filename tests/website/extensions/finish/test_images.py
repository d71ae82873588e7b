import struct

from website.extensions.finish.images import sized_images


def test_figures_get_their_size_and_only_the_first_is_fetched_at_once(tmp_path):
    header = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 1040, 780)
    (tmp_path / "f.png").write_bytes(header)
    html = '<img alt="a" src="f.png" /><img alt="b" src="f.png" />'
    sized = sized_images(html, tmp_path)
    assert sized == (
        '<img alt="a" src="f.png" width="1040" height="780" />'
        '<img alt="b" src="f.png" width="1040" height="780" loading="lazy" />'
    )
    assert sized_images(sized, tmp_path) == sized
