"""Tests of `commands/ops/attachments`."""
