// Loaded on every page; brings in the rest only where a page needs it.
