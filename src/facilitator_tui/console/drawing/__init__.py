"""From a scene to lines: pure functions that a test can call without a screen."""
