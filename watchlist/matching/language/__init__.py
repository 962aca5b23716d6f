"""What is known of words, whoever is listed: spellings, sounds, the roles of words in names, words of other scripts.

What is English or any other language's own stands here and in `data`, the mechanism in the other rooms. What tables
know of a word is in `known`, how scripts write in `script`. No list, no article, no score.
"""
