"""What is done to the finished pages and files of the site."""
