"""What is found: mentions and alerts, written together with the scan that found them."""
