"""What is read: feeds and their polls, articles, pages."""
