"""The look of the service: tokens, components, charts, page frame. No models."""
