"""What can be counted over time: values in, findings out. Nothing here claims more than a count."""
