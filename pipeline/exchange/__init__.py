"""Files that go out to translators and come back: XLIFF 2.1 and PO."""
