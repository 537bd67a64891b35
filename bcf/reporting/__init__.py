"""What people look at: pages, and the planning template as a document. No models."""
