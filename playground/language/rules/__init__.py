"""Rules that rows and operators share: shapes, dtypes, floating-point operations."""
