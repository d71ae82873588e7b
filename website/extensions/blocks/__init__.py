"""What an author can write beyond Markdown: quizzes, labs, the homework's pages, the citation."""
