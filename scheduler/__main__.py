"""python -m scheduler."""

from scheduler.cli.app import main

if __name__ == "__main__":
    main()
