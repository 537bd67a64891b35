"""The quarterly report to a partnership board on its pooled funds."""
