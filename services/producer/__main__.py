"""The producer as a service: `python -m copydesk.services.producer` publishes the articles of a folder, settings in the environment (--help)."""

from copydesk.services.producer.service import Producer
from copydesk.services.producer.settings import ProducerSettings
from copydesk.shared.runner.process import main

if __name__ == "__main__":
    main("producer", ProducerSettings, lambda settings: Producer(settings).run(), __doc__ or "")
