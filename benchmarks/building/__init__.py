"""What the benchmarks of speed and scale share."""
