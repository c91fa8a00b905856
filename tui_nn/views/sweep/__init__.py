"""A sweep as a picture: what varies, and what came of it."""
