"""`python -m litdb` is the command `litdb`."""

from litdb.commands import main

if __name__ == "__main__":
    main(prog_name="litdb")
