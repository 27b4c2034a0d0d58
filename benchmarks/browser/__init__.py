"""The browser bench: what a person waits for, against an empty Streamlit app in the same run."""
