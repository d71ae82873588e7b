"""Where a notebook can be opened: every address of this kind is made here.

They all lead to the branch `notebooks`, which CI writes anew for each published site
(`website/launch/branch.py`): the chapters and the student's homework as notebooks, with a small
environment, and nothing else of the repository.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

BRANCH = "notebooks"
PLACEHOLDER = "https://github.com/example/"
GITHUB = "https://github.com/"
SERVICES = {  # by the names of their settings in `_config.yml`
    "Binder": "binderhub_url",
    "Colab": "colab_url",
    "Codespaces": "codespaces_url",
    "JupyterHub": "jupyterhub_url",  # with nbgitpuller, on a campus
}
HOW_TO_RUN = "how-to-run-it"  # where the book's first page has the table of all doors


def is_open(repository_url: str) -> bool:
    """Return whether a repository's address is a real one: there, and not the placeholder."""
    return bool(repository_url) and not repository_url.startswith(PLACEHOLDER)


def doors(repository_url: str, path: str, services: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses at which the services open a notebook of the branch.

    `services` are the addresses in `launch_buttons` of `_config.yml`. There is no door for the
    placeholder, nor for a repository that is not on GitHub.

    Examples
    --------
    >>> services = {"colab_url": "https://colab.research.google.com"}
    >>> doors("https://github.com/ada/fork", "book/ttest.ipynb", services)
    {'Colab': 'https://colab.research.google.com/github/ada/fork/blob/notebooks/book/ttest.ipynb'}
    >>> doors("https://github.com/example/book", "book/ttest.ipynb", services)
    {}
    """
    host, _, name = repository_url.partition(GITHUB)
    if host or not is_open(repository_url):
        return {}
    folder = name.partition("/")[2]
    pulled = {"repo": repository_url, "branch": BRANCH, "urlpath": f"lab/tree/{folder}/{path}"}
    rest = {
        "Binder": f"/v2/gh/{name}/{BRANCH}?urlpath=lab/tree/{path}",
        "Colab": f"/github/{name}/blob/{BRANCH}/{path}",
        "Codespaces": f"/{name}/tree/{BRANCH}",
        "JupyterHub": f"/hub/user-redirect/git-pull?{urlencode(pulled)}",
    }
    return {
        service: services[key].rstrip("/") + rest[service]
        for service, key in SERVICES.items()
        if services.get(key)
    }
