"""Sums kept for speed, exact at every moment: written by triggers, compared and mended by `check_consistency`."""
