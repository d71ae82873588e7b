"""A notebook says what it needs, and gets it where the site has an address."""

from types import SimpleNamespace

import pytest

from website.extensions.notebook.downloads import _needs


@pytest.mark.parametrize(
    ("address", "said", "installed"),
    [
        ("https://ada.org/", "the next cell gets", "https://ada.org/_downloads/rnaseq_hw-"),
        ("", "was built without an address", ""),
    ],
)
def test_package_is_installed_only_from_a_site_with_an_address(address, said, installed):
    app = SimpleNamespace(config=SimpleNamespace(html_baseurl=address))
    needs, cell = _needs(app, ["rnaseq_hw"])
    assert said in needs
    assert installed in cell
    assert bool(cell) == bool(address)
