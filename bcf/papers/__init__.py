"""PDFs kept by the content that they show, and the job that makes a long one."""
