"""What people write about their time and their sign-ups, read by small explicit grammars; never guessed."""
