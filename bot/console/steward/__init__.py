"""The steward board: tasks by due date, the calendar of visits, the sheet at the site (ADR 39)."""
