"""The papers of needs: the hand-over file, and the prescribed table of intentions."""
