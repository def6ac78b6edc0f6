"""A form with a draft as a page shows it, whoever fills it in: the applicant in WeChat, or a clerk in the console."""
