"""The ESF indicators: their definitions as data, and one way to count them at any reference date."""
