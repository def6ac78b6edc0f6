"""Free text: what in a message answers which fields of the form (design §3, over-answering). Pure and without a model.

`understand` cuts a message into spans (`pieces`, `atoms`, `names`, `places`, `lexicon`), asks every field what a span
could mean for it (`labelled`, `loose`), and lets the best reading of each span win (`cover`).
"""
