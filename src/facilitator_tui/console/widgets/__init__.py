"""What is drawn: each widget makes lines of a scene and keeps nothing worth saving."""
