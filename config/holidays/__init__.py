"""The days off of a year as people have them in hand: the text of the notice, or a table."""
