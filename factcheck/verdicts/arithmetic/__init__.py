"""The editor's arithmetic: rules FC4xx, which check an article against itself, without a second source."""
