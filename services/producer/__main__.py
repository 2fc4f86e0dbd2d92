"""The producer as a service: `python -m services.producer` publishes the articles of a folder, settings in the environment (--help)."""

from services.producer.service import Producer
from services.producer.settings import ProducerSettings
from shared.runner.process import main

if __name__ == "__main__":
    main("producer", ProducerSettings, lambda settings: Producer(settings).run(), __doc__ or "")
