"""What is known of words and scripts, whoever is listed: normal forms, spellings, sounds, ordinary words.

What is English or any other language's own stands here and in `data`, the mechanism in the other rooms. No list, no
article, no score.
"""
