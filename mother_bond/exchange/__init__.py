"""A journal as data that other programs can read: in and out. Text in, values out."""
