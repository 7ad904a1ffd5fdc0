"""The pages behind the keys: each makes a title and lines of a scene."""
