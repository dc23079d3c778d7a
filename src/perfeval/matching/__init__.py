"""From a project as it was read to the facts that the shipped packs judge: what names what, and what must add up.

Parts of a schedule are matched with lines, and tasks with money, by their words and never by their sums. Nothing
here gives a verdict. Imports ``documents``, ``budgets`` and above.
"""
