"""Two workers, one thread each, that pull on a common centre (elastic averaging SGD, Zhang, Choromanska & LeCun 2015).

Nobody waits for anybody: on a busy machine this is faster than two threads of one process, which meet after every operator.
"""

from __future__ import annotations

import torch
import torch.multiprocessing as multiprocessing
from torch import Tensor

from copydesk.services.tagger.training.network import TrainableNetwork

PULL = 0.45
EVERY = 16  # steps of a worker between exchanges
AVERAGE = 0.98  # of the centre, over exchanges


class Centre:
    """The weights in shared memory: the centre itself and its running average (Polyak & Juditsky 1992), the result of training."""

    def __init__(self, network: TrainableNetwork) -> None:
        self.weights = {name: _shared(tensor) for name, tensor in network.state_dict().items()}
        self.average = {name: _shared(tensor) for name, tensor in network.state_dict().items()}
        self._exchanges = _shared(torch.zeros((), dtype=torch.long))
        self._lock = multiprocessing.get_context("fork").Lock()

    @torch.no_grad()
    def exchange(self, network: TrainableNetwork) -> None:
        """Move the worker's weights and the centre towards each other, then the average towards the centre."""
        moving = [(name, parameter.detach()) for name, parameter in network.named_parameters() if parameter.requires_grad]
        own: list[Tensor] = [parameter for _, parameter in moving]
        centre = [self.weights[name] for name, _ in moving]
        average = [self.average[name] for name, _ in moving]
        with self._lock:
            apart = torch._foreach_sub(own, centre)
            torch._foreach_add_(centre, apart, alpha=PULL)
            torch._foreach_sub_(own, apart, alpha=PULL)
            self._exchanges += 1
            count = int(self._exchanges)
            torch._foreach_lerp_(average, centre, 1 - min(AVERAGE, (1 + count) / (10 + count)))

    def averaged(self) -> dict[str, Tensor]:
        with self._lock:
            return {name: tensor.clone() for name, tensor in self.average.items()}


def _shared(tensor: Tensor) -> Tensor:
    """A copy in memory that forked processes share."""
    copy: Tensor = tensor.detach().clone()
    shared: Tensor = copy.share_memory_()
    return shared
