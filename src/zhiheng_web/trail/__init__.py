"""The append-only record of actions (操作留痕), each chained to the one before it."""
