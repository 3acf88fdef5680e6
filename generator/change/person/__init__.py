"""What the files hold of a person, to be shown to them and to be taken out."""
