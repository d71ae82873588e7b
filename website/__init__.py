"""How chapters become a site: Sphinx extensions, the lab in the browser, and what is printed."""
