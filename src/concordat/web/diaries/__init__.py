"""Pages of diaries: dates to be found, polls, busy times, plans of a year, and feeds."""
