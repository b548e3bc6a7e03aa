"""A build, part by part: what is there, what has changed, what has to be laid out, and what stands already.

pipeline/run.py puts the parts together.
"""
