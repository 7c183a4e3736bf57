"""VoxCT training library: a miniature CT-CLIP and SpeechCT-CLIP trained on phantoms, exported for the browser."""
