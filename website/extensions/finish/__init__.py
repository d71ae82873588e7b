"""What is done to the finished pages and files of the site."""

import logging

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it would name each table that it drops
