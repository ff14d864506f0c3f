"""From the model to plain data: form schema, form layout, form pages, rules, service standard, editor schema."""
