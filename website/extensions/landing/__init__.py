"""The first page: the path through the book, and a frame of its own."""
