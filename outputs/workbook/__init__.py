"""Every table in one Excel workbook, with the trail from each number to what is behind it."""
