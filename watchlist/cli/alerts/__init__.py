"""``watchlist alerts``, ``deliveries``, ``replay`` and ``rescreen``: what was found and told."""
