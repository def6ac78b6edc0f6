"""The keys of an installation in several hands: some of the shares give them back, fewer give nothing."""
