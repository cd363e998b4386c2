"""The families of sites: for each the facts as dataclasses, and the parts that answer from them."""
