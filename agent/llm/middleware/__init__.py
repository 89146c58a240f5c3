"""Models around models, each with one job. `stack` puts them in their order and says why it is that one."""
