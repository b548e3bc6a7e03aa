"""How the pages of this folder become a site: sphinx-build -W docs site."""

import importlib.metadata

project = "Plainleaf"
author = "The Plainleaf contributors"
copyright = "The Plainleaf contributors; GPL-3.0-or-later"
release = importlib.metadata.version("plainleaf")

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
# Code in PO and XLIFF has no lexer that knows it well.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = f"Plainleaf {release}"
html_show_sphinx = False
html_copy_source = False
# The same colours in light and dark; both have the contrast that WCAG 2.2 AA asks for.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
