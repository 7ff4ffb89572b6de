"""ONNX's own evaluator, onnx.reference, in float64: the node of the code becomes a model of its own, is checked with strict
shape inference, and run on x.

The code makes one node, or a list of nodes whose Constants come first. A node that gives as attributes what are inputs
since opset 10 (Slice) and 11 (Pad) is run in the last opset that took them; all others in opset 22.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper  # noqa: F401
from onnx.reference import ReferenceEvaluator

from onnx_grid import GEOMETRY, NUMERIC  # noqa: F401

FRAMEWORK = 'onnx'
NOW = 22


def version():
    return {'onnx': onnx.__version__}


def opset(node):
    names = {attribute.name for attribute in node.attribute}
    if node.op_type == 'Slice' and 'starts' in names:
        return 9
    if node.op_type == 'Pad' and 'pads' in names:
        return 10
    return NOW


def model_of(code, x, tensors):
    """The checked model of the node that `code` makes; shapes as inferred."""
    made = eval(code, {'onnx': onnx, 'helper': helper, 'np': np})
    nodes = made if isinstance(made, list) else [made]
    kind = helper.np_dtype_to_tensor_dtype(x.dtype)
    read = {name for node in nodes for name in node.input}
    given = [helper.make_tensor_value_info(name, kind, data.shape)
             for name, data in {'x': x, **tensors}.items() if name in read]
    answer = helper.make_tensor_value_info(nodes[-1].output[0], kind, [None] * x.ndim)
    graph = helper.make_graph(nodes, 'asked', given, [answer])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', min(map(opset, nodes)))], ir_version=10)
    onnx.checker.check_model(model)
    return onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)


def run(code, x, tensors, parameter):
    model = model_of(code, x, tensors)
    return ReferenceEvaluator(model).run(None, {'x': x, **tensors})[0]
