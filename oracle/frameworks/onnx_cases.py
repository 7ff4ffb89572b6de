"""ONNX's own evaluator, onnx.reference, in float64: the node of the code becomes a model of its own, is checked with strict
shape inference, and run on x.

The code makes one node, or a list of nodes whose Constants come first. A node that gives as attributes what are inputs
since opset 10 (Slice) and 11 (Pad) is run in the last opset that took them; all others in opset 22.
"""
import warnings

import numpy as np
import onnx
from onnx import helper
from onnx.reference import ReferenceEvaluator

from onnx_grid import GEOMETRY  # noqa: F401
from onnx_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'onnx'
NOW = 22

warnings.filterwarnings('ignore')


def version():
    return {'onnx': onnx.__version__}


def opset(node):
    names = {attribute.name for attribute in node.attribute}
    if node.op_type == 'Slice' and 'starts' in names:
        return 9
    return 10 if node.op_type == 'Pad' and 'pads' in names else NOW


def model_of(code, data, infer=True):
    """The model of the nodes that `code` makes on these tensors, checked. `infer`: with sizes stated and inferred."""
    made = eval(code, {'onnx': onnx, 'helper': helper, 'np': np})
    nodes = made if isinstance(made, list) else [made]
    kind = helper.np_dtype_to_tensor_dtype(data['x'].dtype)
    read = {name for node in nodes for name in node.input}
    given = [helper.make_tensor_value_info(name, kind, array.shape if infer else [None] * array.ndim)
             for name, array in data.items() if name in read]
    answer = helper.make_tensor_value_info(nodes[-1].output[0], kind, [None] * data['x'].ndim)
    graph = helper.make_graph(nodes, 'asked', given, [answer])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', min(map(opset, nodes)))], ir_version=10)
    if not infer:
        return model
    onnx.checker.check_model(model)
    return onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)


def run(code, x, tensors, parameter):
    data = {'x': x, **tensors}
    model = model_of(code, data)
    names = {value.name for value in model.graph.input}
    return ReferenceEvaluator(model).run(None, {name: data[name] for name in names})[0]


def message(error):
    return str(error).replace('Inference error(s): ', '').replace('[ShapeInferenceError] ', '')
