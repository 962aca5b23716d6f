"""LISTED NAMES -> INDEX: names parsed into parts and compiled once into what can be searched, and its file.

Knows entities and words, but neither texts nor scores.
"""
