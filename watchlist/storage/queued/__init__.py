"""What waits to be done or told: deliveries, notices, look-backs."""
