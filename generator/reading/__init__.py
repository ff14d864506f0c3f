"""From text to model: YAML through libyaml to a tree with places, each scalar read by its field's type."""
