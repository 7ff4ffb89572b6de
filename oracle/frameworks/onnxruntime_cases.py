"""ONNX Runtime on the CPU, in float32: the models that onnx_cases makes, in their sizes left open as an exported model with
dynamic axes leaves them, so that the runtime itself decides what it takes. (With sizes stated, ONNX's shape inference
refuses negative pads before the runtime sees them.)
"""
import numpy as np
import onnxruntime
from onnx import helper

import onnx_cases
from onnx_grid import GEOMETRY  # noqa: F401
from onnx_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'onnxruntime'
SILENT = 4
OPTIONS = onnxruntime.SessionOptions()
OPTIONS.intra_op_num_threads = 1
OPTIONS.log_severity_level = SILENT
onnxruntime.set_default_logger_severity(SILENT)


def version():
    return {'onnxruntime': onnxruntime.__version__, **onnx_cases.version()}


def run(code, x, tensors, parameter):
    single = {name: data.astype(np.float32) for name, data in {'x': x, **tensors}.items()}
    model = onnx_cases.model_of(code, single, infer=False)
    names = [value.name for value in model.graph.input]
    session = onnxruntime.InferenceSession(model.SerializeToString(), OPTIONS, providers=['CPUExecutionProvider'])
    return session.run(None, {name: single[name] for name in names})[0]


def message(error):
    """What it says, without the place in its source."""
    text = str(error).replace('\n', ' ')
    for opening in ("Status Message: ", '[ShapeInferenceError] ', 'Error ', 'false was false. ', '[ONNXRuntimeError] : '):
        if opening in text:
            text = text.split(opening, 1)[1]
    return text.strip()
