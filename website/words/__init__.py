"""The site's own words, and how a course has them in another language: gettext's catalogues."""
