"""The science and technology bureau (科技局): registers, bindings and rules of its business, and the model for other bureaus' packs."""
