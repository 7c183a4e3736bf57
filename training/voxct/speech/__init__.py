"""Speech side of the miniature SpeechCT-CLIP: spoken sentences to embeddings in the space of CT and text."""
