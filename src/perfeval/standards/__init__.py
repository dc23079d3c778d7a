"""The standards that ship with the library: one module for each published document, loaded when asked for."""
