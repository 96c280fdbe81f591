"""Work done after the answer: leased, retried, periodic, on the application database."""
