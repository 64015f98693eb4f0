"""One use case a file: plain values and a store in, a frozen result out."""
