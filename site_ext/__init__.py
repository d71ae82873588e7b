"""The book's own Sphinx extensions, one idea a module.

Nothing is imported here until Sphinx asks, so `tasks.py` may use the modules that need only the
standard library.
"""


def setup(app):
    """Set up each of the book's extensions.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The build.

    Returns
    -------
    dict
        What Sphinx may do with them.
    """
    from .citation import setup_citation
    from .descriptions import setup_descriptions
    from .edition import setup_edition
    from .failed_cells import setup_failed_cells
    from .faults import setup_faults
    from .figure_alt import setup_figure_alt
    from .finished_pages import setup_finished_pages
    from .homework_pages import setup_homework_pages
    from .homework_settings import setup_homework_settings
    from .lab import setup_lab
    from .lazy_formulas import setup_lazy_formulas
    from .light_assets import setup_light_assets
    from .notebook_downloads import setup_notebook_downloads
    from .one_stylesheet import setup_one_stylesheet
    from .page_checks import setup_page_checks
    from .page_links import setup_page_links
    from .quiz import setup_quiz
    from .redirects import setup_redirects
    from .site_address import setup_site_address
    from .tidy_html import setup_tidy_html

    setup_homework_settings(app)
    setup_homework_pages(app)
    setup_faults(app)
    setup_page_checks(app)
    setup_quiz(app)
    setup_figure_alt(app)
    setup_failed_cells(app)
    setup_lab(app)
    setup_page_links(app)
    setup_notebook_downloads(app)
    setup_site_address(app)
    setup_descriptions(app)
    setup_edition(app)
    setup_citation(app)
    setup_tidy_html(app)
    setup_finished_pages(app)
    setup_lazy_formulas(app)
    setup_light_assets(app)
    setup_one_stylesheet(app)
    setup_redirects(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
