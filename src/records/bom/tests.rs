//! Parts lists as they come.
