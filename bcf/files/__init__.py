"""Reading and writing CSV, XLSX and PDF safely; this room knows no model."""
