"""What each page shows, as plain data: one pure module per page, without Streamlit."""
