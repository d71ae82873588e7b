"""What is made from the built site in a browser: screenshots, a PDF, and a copy for the disk."""
