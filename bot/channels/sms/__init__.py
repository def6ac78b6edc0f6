"""短信 through whatever gateway a county has."""
