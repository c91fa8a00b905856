"""Many runs that differ in some settings: planned, trained in processes or on a cluster, compared."""
