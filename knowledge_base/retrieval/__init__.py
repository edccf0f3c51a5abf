"""Similar cases: words and vectors find them, features of the law put them in order."""
