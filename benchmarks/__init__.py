"""The measurements behind every figure this project states; run them with `dev.py measure NAME`."""
