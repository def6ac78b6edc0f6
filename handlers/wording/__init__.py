"""Events -> text within the channel's limits. Every sentence comes from the message catalogue; code only chooses and joins."""
