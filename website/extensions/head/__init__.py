"""What surrounds a page's text: its addresses, buttons, description and edition."""
