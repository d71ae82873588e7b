"""Write what pages fetch to run Python into the finished site."""

from pathlib import Path


def _write_python(app, exception):
    """Copy the packed files; without them the site has no page that would ask for any."""
    from website.python.files import python_files
    from website.python.files.pack import write_site

    if exception is None and app.builder.name == "html" and (manifest := python_files()):
        write_site(manifest, Path(app.outdir))
