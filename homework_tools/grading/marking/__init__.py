"""What people give: points for free text, adjustments, and the page on which they mark."""
