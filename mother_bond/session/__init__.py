"""The guided session as a table of states and events. Pure: it neither asks nor stores."""
