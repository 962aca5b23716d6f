"""How scripts and languages write words: their letters, normal forms, endings, the vowels that they leave out.

Pure functions of single words. No table of words, no list, no text.
"""
