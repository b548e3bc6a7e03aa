"""The audit: whether a reader with a disability can use a web page, an EPUB or a PDF, ours or not."""
