"""What stands on an official sheet: cells, the survey, the receipt, as data for the county's templates."""
