"""The scoring profiles that ship with the library: one module for each published method, loaded when asked for."""
