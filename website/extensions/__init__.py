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
    from website.extensions.blocks.citation import setup_citation
    from website.extensions.blocks.homework import setup_homework_pages
    from website.extensions.blocks.homework_settings import setup_homework_settings
    from website.extensions.blocks.lab import setup_lab
    from website.extensions.blocks.quiz import setup_quiz
    from website.extensions.finish.finished_pages import setup_finished_pages
    from website.extensions.finish.lazy_formulas import setup_lazy_formulas
    from website.extensions.finish.light_assets import setup_light_assets
    from website.extensions.finish.one_stylesheet import setup_one_stylesheet
    from website.extensions.finish.tidy_html import setup_tidy_html
    from website.extensions.gate.failed_cells import setup_failed_cells
    from website.extensions.gate.faults import setup_faults
    from website.extensions.gate.figure_alt import setup_figure_alt
    from website.extensions.gate.page import setup_page_checks
    from website.extensions.head.address import setup_site_address
    from website.extensions.head.blocked_storage import setup_blocked_storage
    from website.extensions.head.buttons import setup_page_links
    from website.extensions.head.descriptions import setup_descriptions
    from website.extensions.head.edition import setup_edition
    from website.extensions.head.redirects import setup_redirects
    from website.extensions.notebook.downloads import setup_notebook_downloads

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
    setup_blocked_storage(app)
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
