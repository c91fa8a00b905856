"""The pages of the Inside screen: each shows one kind of detail of the run."""
