"""WeCom (企业微信) as a channel for stewards: inbound side, outbound client, cards with buttons, group robots."""
