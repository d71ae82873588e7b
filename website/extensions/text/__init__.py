"""What an author wrote, read once for all: a page, its prose, its quizzes, its code to write."""
