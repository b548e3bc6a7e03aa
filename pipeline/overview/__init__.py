"""The report for editors: a library at a glance, its articles with their findings, and how it got there."""
