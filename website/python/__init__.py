"""Python in the page: Pyodide's files, the worker that runs them, and the pages that ask it."""
