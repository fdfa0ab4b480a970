"""What every room needs and no room owns: failures, state tables, the clock. No Django here."""
