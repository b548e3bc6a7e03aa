"""Makes libraries to measure with; see benchmarks/make_library.py."""
