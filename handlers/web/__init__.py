"""What other programs reach over HTTP beside the channels."""
