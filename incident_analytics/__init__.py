"""What happens after an incident: files in, numbers in the middle, documents out."""
