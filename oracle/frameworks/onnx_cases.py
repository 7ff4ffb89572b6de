"""ONNX's own evaluator, onnx.reference, in float64: the node of the code becomes a model of its own, is checked with strict
shape inference, and run on x.

The code makes one node, or a list of nodes whose Constants come first. A node that gives as attributes what are inputs
since opset 10 (Slice) and 11 (Pad) is run in the last opset that took them; all others in opset 22.
"""
import warnings
from dataclasses import replace

import numpy as np
import onnx
from onnx import helper
from onnx.reference import ReferenceEvaluator

import onnx_grid
from onnx_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'onnx'
NOW = 22


def same_total(size, kernel, stride, dilation=1, **_):
    return (-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size


def rounded(size, kernel, stride, before, after, ceil, **_):
    """Elements that ceil_mode adds beyond the pads, and whether the last window begins beyond input and begin pad."""
    room = size + before + after - kernel
    windows = -(-room // stride) + 1
    return (0, False) if not ceil else ((windows - 1) * stride - room, (windows - 1) * stride >= size + before)


def nothing(size, kernel, stride, before, after, dilation, ceil, **_):
    windows = (size + before + after - (kernel - 1) * dilation - 1 + ceil * (stride - 1)) // stride + 1
    return any(all(not 0 <= o * stride - before + tap * dilation < size for tap in range(kernel)) for o in range(windows))


def upper(**row):
    total = same_total(**row)
    return total >= 0 and not nothing(before=total // 2, after=total - total // 2, **row)


# Where onnx.reference leaves the operators' texts and their shape inference, it is not asked; onnx_numeric.WRONG has an
# example of each. What it cannot do: pads below zero; the ends of ceil_mode; auto_pad with ceil_mode, or with a kernel below
# the stride; MaxPool with stride 1 and no dilation, with SAME_LOWER, with windows of nothing; output_shape without SAME.
SOUND = {
    'pad1d': lambda before, after, **_: before >= 0 and after >= 0,
    'pad1d-attribute': lambda before, after, **_: before >= 0 and after >= 0,
    'average-pool1d': lambda **row: rounded(**row) in ((0, False), (1, False)),
    'average-pool1d-auto': lambda auto, ceil, **row: ceil == 0 and ('VALID' in auto or same_total(**row) >= 0),
    'max-pool1d': lambda **row: row['stride'] + row['dilation'] > 2 and not nothing(**row),
    'max-pool1d-auto': lambda **row: row['stride'] + row['dilation'] > 2 and (
        'VALID' in row['auto'] and row['ceil'] == 0 or 'UPPER' in row['auto'] and upper(**row)),
    'conv-transpose1d-auto': lambda auto, kernel, stride, dilation, output_padding, **_:
        'VALID' in auto or (kernel - 1) * dilation + 1 + output_padding >= stride,
    'conv-transpose1d-output-shape': lambda auto, size, kernel, stride, output_padding, output, **_:
        'SAME' in auto and size <= output <= (size - 1) * stride + kernel + output_padding,
}
GEOMETRY = [replace(one, keep=SOUND.get(one.stem)) for one in onnx_grid.GEOMETRY]

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
