"""What is handed out: calendars of events, as data; bytes are made in io."""
