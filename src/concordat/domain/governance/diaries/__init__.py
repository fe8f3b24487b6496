"""When people can meet: busy times, finding one date, polls, years of dates, and calendars out."""
