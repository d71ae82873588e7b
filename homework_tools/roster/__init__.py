"""Who is in the class: the names in tables, the names of files, and the way between them."""
