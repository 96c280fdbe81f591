import sys

from alongside.switchboard.cli import main

if __name__ == "__main__":
    sys.exit(main())
