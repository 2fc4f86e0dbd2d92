"""The gateway as a service: `python -m copydesk.services.gateway`, settings in the environment (--help)."""

from copydesk.services.gateway.service import Gateway
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.shared.runner.process import main

if __name__ == "__main__":
    main("gateway", GatewaySettings, lambda settings: Gateway(settings).run(), __doc__ or "")
