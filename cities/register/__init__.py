"""The official register of municipalities (Destatis, GV-ISys): reading its two forms and taking them over."""
