"""What each command does: one module a command, with run(arguments) -> exit status. cli loads it by name."""
