"""Which entries have what, a bit for each entry: any question is counted by ANDs over a few kilobytes.

PostgreSQL keeps the bitmaps (`search.models.Bitmap`). A job folds changes into them now and then (`folding`);
whatever changed since is read as rows, so that numbers are exact at every moment (`view`). A process keeps
what it read until the next folding (`base`).
"""
