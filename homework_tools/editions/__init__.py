"""The editions made from the master: notebooks, pages, each student's data; a search for leaks."""
