"""`python -m copydesk`: the command line."""

from copydesk.services.console.__main__ import main

if __name__ == "__main__":
    main()
