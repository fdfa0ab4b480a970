#!/usr/bin/env python3
"""Django's own commands, with the database started first; `loype manage` does the same."""

import sys

if __name__ == "__main__":
    sys.argv.insert(1, "manage")
    from loype.cli.__main__ import main

    main()
