"""Story threads as a service: `python -m copydesk.services.stories`, settings in the environment (--help)."""

from copydesk.services.stories.live.service import make
from copydesk.services.stories.settings import StoriesSettings
from copydesk.shared.runner.service import main

if __name__ == "__main__":
    main("stories", StoriesSettings, make, __doc__ or "")
