"""What people coded, from every kind of file, as passages of transcripts and as decisions. Codes nothing itself."""
