"""The weights of the features, learnt by `train.py`; names of shapes, no words."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "weights.json"


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each feature; read once."""
    weights: dict[str, float] = json.loads(_FILE.read_text("utf-8"))
    return weights
