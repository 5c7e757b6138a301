"""What docs/benchmarks.md tells, measured anew: ``make bench``. No part of the tests."""
