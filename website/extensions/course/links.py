"""Ask doi.org whether a DOI is known, when the links of the book are checked.

The publisher to whom a DOI leads refuses whatever isn't a browser; its registry answers everybody,
with 404 for one that nobody registered.
"""

from sphinx.application import Sphinx

DOI = "https://doi.org/"
REGISTRY = f"{DOI}api/handles/"


def asked_address(address: str) -> str:
    """Return the address to ask for, to learn whether a link leads somewhere.

    Examples
    --------
    >>> asked_address("https://doi.org/10.1093/nar/gkv007")
    'https://doi.org/api/handles/10.1093/nar/gkv007'
    >>> asked_address("https://multiqc.info/")
    'https://multiqc.info/'
    """
    known = address.startswith(DOI) and not address.startswith(REGISTRY)
    return REGISTRY + address.removeprefix(DOI) if known else address


def _ask_the_registry(app: Sphinx, uri: str) -> str:
    return asked_address(uri)
