import struct

import pytest

from website.extensions.finish.finished_pages import corrected_page, sized_images


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ('<script src="a/fontawesome.js?digest=1"></script><p>', "<p>"),
        ("<script>DOCUMENTATION_OPTIONS.pagename = 'x';</script><p>", "<p>"),
        ('<script src="a.js"></script>', '<script defer src="a.js"></script>'),
        ('<script type="module" src="a.mjs">', '<script type="module" src="a.mjs">'),
        (
            '<button class="btn search-button-field x" title="Search" aria-label="Search" data-x>',
            '<button class="btn search-button-field x" data-x>',
        ),
        ('<i class="fas fa-rocket"></i>', '<i class="fas fa-rocket" aria-hidden="true"></i>'),
        ('<a target="_blank" href="x">', '<a target="_blank" rel="noopener" href="x">'),
        ('<html lang="en" data-theme="auto">', '<html lang="en" data-theme="light">'),
        (
            '<head><meta name="viewport" content="a"/>\n<meta name="viewport" content="b"/></head>',
            '<head><meta name="viewport" content="a"/></head>',
        ),
    ],
)
def test_page_is_mended_once_and_for_all(written, fixed):
    assert corrected_page(written) == fixed
    assert corrected_page(fixed) == fixed


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
