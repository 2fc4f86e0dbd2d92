"""The fetcher as a service: `python -m copydesk.services.fetcher`, settings in the environment (--help)."""

from copydesk.services.fetcher.service import make
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.shared.runner.service import main

if __name__ == "__main__":
    main("fetcher", FetcherSettings, make, __doc__ or "")
