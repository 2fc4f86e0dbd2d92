"""All checks of the page, in one file: they share one installation and one browser, also where files are tested side by side."""

from tests.browser.checks_article import *  # noqa: F403
from tests.browser.checks_desk import *  # noqa: F403
from tests.browser.checks_live import *  # noqa: F403
from tests.browser.checks_modules import *  # noqa: F403
from tests.browser.checks_stories import *  # noqa: F403
