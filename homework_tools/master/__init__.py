"""The homework's master: it is read here, and a broken one is refused."""
