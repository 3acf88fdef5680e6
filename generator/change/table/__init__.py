"""Tables as other programs write them, workbooks and delimited text, as rows of cells."""
