"""The feeder as a service: `python -m copydesk.services.feeder`, settings in the environment (--help)."""

from copydesk.services.feeder.service import make
from copydesk.services.feeder.settings import FeederSettings
from copydesk.shared.runner.service import main

if __name__ == "__main__":
    main("feeder", FeederSettings, make, __doc__ or "")
