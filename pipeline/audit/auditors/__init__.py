"""The auditors: our own rules, and the programs of others where they are at hand."""
