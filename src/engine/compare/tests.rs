//! Small sheets against each other.
