"""The WeChat official account (公众号) as a channel: inbound endpoint and outbound client."""
