"""Views for analysts, as SQL files."""
