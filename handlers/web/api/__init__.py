"""The JSON API, version 1: portals hand in applications, the systems of bodies report their steps (X23, J22, J32, J33)."""
