"""What every collection of the API is made of: columns, filters, reading, formats and errors."""
