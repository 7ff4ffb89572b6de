"""TFLite operators by the names and attributes of MLIR's tfl dialect, each run as a model of its own: one operator in a
flatbuffer, given to the interpreter. Its float kernels, without the delegate that would replace some of them."""
import flatbuffers
import numpy as np
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema

NAMES = {'padding': schema.Padding, 'fused_activation_function': schema.ActivationFunctionType, 'mode': schema.MirrorPadMode}
FIELDS = {'stride_h': 'strideH', 'stride_w': 'strideW', 'dilation_h_factor': 'dilationHFactor', 'filter_height': 'filterHeight',
          'dilation_w_factor': 'dilationWFactor', 'filter_width': 'filterWidth', 'depth_multiplier': 'depthMultiplier',
          'padding': 'padding', 'fused_activation_function': 'fusedActivationFunction', 'mode': 'mode'}
RESOLVER = tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES


def tensor(values, index):
    made = schema.TensorT()
    made.shape, made.buffer, made.name = list(values.shape), index + 1, f'tensor{index}'
    made.type = schema.TensorType.INT32 if values.dtype == np.int32 else schema.TensorType.FLOAT32
    return made


def model(operator, options, attributes, arrays, live):
    """The bytes of a model of this operator; arrays[live] is its input, the others are constants."""
    option = getattr(schema, f'{options}T')()
    for name, value in attributes.items():
        if not hasattr(option, FIELDS[name]):
            raise TypeError(f'{operator} has no attribute {name}')
        setattr(option, FIELDS[name], getattr(NAMES[name], value) if name in NAMES else value)
    code = schema.OperatorCodeT()
    code.builtinCode = getattr(schema.BuiltinOperator, operator)
    code.deprecatedBuiltinCode, code.version = min(code.builtinCode, 127), 3 if operator == 'TRANSPOSE_CONV' and len(arrays) > 3 else 1
    node = schema.OperatorT()
    node.inputs, node.outputs = list(range(len(arrays))), [len(arrays)]
    node.builtinOptionsType, node.builtinOptions = getattr(schema.BuiltinOptions, options), option
    graph = schema.SubGraphT()
    answer = schema.TensorT()
    answer.shape, answer.buffer, answer.name = [], 0, 'answer'
    graph.tensors = [*(tensor(values, index) for index, values in enumerate(arrays)), answer]
    graph.inputs, graph.outputs, graph.operators = [live], node.outputs, [node]
    whole = schema.ModelT()
    buffers = [schema.BufferT() for _ in range(len(arrays) + 1)]
    for index, values in enumerate(arrays):
        if index != live:
            buffers[index + 1].data = np.frombuffer(values.tobytes(), np.uint8)
    whole.version, whole.operatorCodes, whole.subgraphs, whole.buffers = 3, [code], [graph], buffers
    builder = flatbuffers.Builder(1024)
    builder.Finish(whole.Pack(builder), b'TFL3')
    return bytes(builder.Output())


def call(operator, options, arrays, live, attributes):
    arrays = [np.asarray(values) for values in arrays if values is not None]
    arrays = [values.astype(np.int32 if values.dtype.kind == 'i' else np.float32) for values in arrays]
    interpreter = tf.lite.Interpreter(model_content=model(operator, options, attributes, arrays, live),
                                      experimental_op_resolver_type=RESOLVER)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]['index'], arrays[live])
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]['index'])


class tfl:
    """The operators as functions: what MLIR writes in braces are keywords."""

    @staticmethod
    def conv_2d(input, filter, bias=None, **attributes):
        return call('CONV_2D', 'Conv2DOptions', [input, filter, bias], 0, attributes)

    @staticmethod
    def depthwise_conv_2d(input, filter, bias=None, **attributes):
        return call('DEPTHWISE_CONV_2D', 'DepthwiseConv2DOptions', [input, filter, bias], 0, attributes)

    @staticmethod
    def transpose_conv(output_shape, weights, input, bias=None, **attributes):
        return call('TRANSPOSE_CONV', 'TransposeConvOptions', [output_shape, weights, input, bias], 2, attributes)

    @staticmethod
    def max_pool_2d(input, **attributes):
        return call('MAX_POOL_2D', 'Pool2DOptions', [input], 0, attributes)

    @staticmethod
    def average_pool_2d(input, **attributes):
        return call('AVERAGE_POOL_2D', 'Pool2DOptions', [input], 0, attributes)

    @staticmethod
    def pad(input, padding):
        return call('PAD', 'PadOptions', [input, padding], 0, {})

    @staticmethod
    def padv2(input, padding, constant_values):
        return call('PADV2', 'PadV2Options', [input, padding, np.array(float(constant_values))], 0, {})

    @staticmethod
    def mirror_pad(input, pad, **attributes):
        return call('MIRROR_PAD', 'MirrorPadOptions', [input, pad], 0, attributes)

    @staticmethod
    def slice(input, begin, size):
        return call('SLICE', 'SliceOptions', [input, begin, size], 0, {})
