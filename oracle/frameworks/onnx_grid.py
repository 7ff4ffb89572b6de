"""What is asked of ONNX Runtime, and of ONNX's evaluator where it can be trusted (onnx_cases.py): the same nodes."""
from cases import Geometry

AUTO = ["'SAME_UPPER'", "'SAME_LOWER'", "'VALID'"]
MODES = ["'constant'", "'reflect'", "'edge'", "'wrap'"]


def upto(last, first=1):
    return list(range(first, last + 1))


def node(kind, inputs, attributes):
    return f"helper.make_node('{kind}', {inputs}, ['y'], {attributes})"


def constant(name, values):
    return f"helper.make_node('Constant', [], ['{name}'], value_ints={values})"



TAPS = {'W': '1x1x$kernel'}
WINDOW = 'kernel_shape=[$kernel], strides=[$stride]'
PADS = 'pads=[$before, $after]'
DILATED = f'{WINDOW}, {PADS}, dilations=[$dilation]'

GEOMETRY = [
    Geometry('conv1d', node('Conv', ['x', 'W'], DILATED), '1x1x$size', {
        'size': [1, 2, 4, 5, 7], 'kernel': upto(4), 'stride': upto(3), 'before': upto(2, 0), 'after': upto(2, 0),
        'dilation': upto(2)}, TAPS),
    Geometry('conv1d-auto', node('Conv', ['x', 'W'], f'{WINDOW}, auto_pad=$auto, dilations=[$dilation]'), '1x1x$size', {
        'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'auto': AUTO, 'dilation': upto(2)}, TAPS),
    Geometry('conv1d-auto-sparse', node('Conv', ['x', 'W'], f'{WINDOW}, auto_pad=$auto'), '1x1x$size', {
        'size': [5, 6, 7, 10, 12, 14], 'kernel': upto(3), 'stride': upto(7, 5), 'auto': AUTO[:2]}, TAPS),
    Geometry('conv1d-negative', node('Conv', ['x', 'W'], PADS), '1x1x$size', {
        'size': [1, 3, 5], 'kernel': upto(3), 'before': upto(1, -3), 'after': upto(1, -3)}, TAPS),
    Geometry('conv2d-row', node('Conv', ['x', 'W'], 'strides=[1, $stride], pads=[0, $before, 0, $after]'), '1x1x1x$size', {
        'size': [1, 4, 5], 'kernel': upto(4), 'stride': upto(3), 'before': upto(2, 0), 'after': upto(2, 0)},
        {'W': '1x1x1x$kernel'}),
    Geometry('conv1d-odd', node('Conv', ['x', 'W'], 'kernel_shape=$kernel_shape, strides=$strides, pads=$pads'), '1x1x5', {
        'kernel': [3], 'kernel_shape': ['[3]', '[2]', '[3,3]', '3', '(3,)'], 'stride': [1],
        'strides': ['[1]', '[0]', '[-1]', '[1,1]', '1', '[1.0]'], 'pads': ['[1,1]', '[1]', '(1,0)', '1', '[1,1,1,1]']},
        TAPS),
    Geometry('conv-transpose1d', node('ConvTranspose', ['x', 'W'], f'{DILATED}, output_padding=[$output_padding]'),
             '1x1x$size', {'size': [1, 3], 'kernel': upto(4), 'stride': upto(3), 'before': upto(2, 0),
                           'after': upto(2, 0), 'output_padding': [0, 1], 'dilation': upto(2)}, TAPS),
    Geometry('conv-transpose1d-auto',
             node('ConvTranspose', ['x', 'W'],
                  f'{WINDOW}, auto_pad=$auto, output_padding=[$output_padding], dilations=[$dilation]'),
             '1x1x$size', {'size': [1, 2, 4], 'kernel': upto(4), 'stride': upto(4), 'auto': AUTO,
                           'output_padding': [0, 1], 'dilation': upto(2)}, TAPS),
    Geometry('conv-transpose1d-output-shape',
             node('ConvTranspose', ['x', 'W'],
                  f'{WINDOW}, auto_pad=$auto, output_padding=[$output_padding], output_shape=[$output]'),
             '1x1x$size', {'size': [1, 3], 'kernel': [1, 2, 4], 'stride': upto(3), 'auto': ["'NOTSET'", *AUTO[:2]],
                           'output_padding': [0, 1], 'output': upto(9)}, TAPS),
    Geometry('conv-transpose1d-negative', node('ConvTranspose', ['x', 'W'], 'strides=[2], pads=[$before, $after]'),
             '1x1x$size', {'size': [1, 3], 'kernel': upto(3), 'before': upto(2, -2), 'after': upto(2, -2)}, TAPS),
    Geometry('max-pool1d', node('MaxPool', ['x'], f'{DILATED}, ceil_mode=$ceil'), '1x1x$size', {
        'size': [1, 3, 4, 6], 'kernel': upto(4), 'stride': upto(3), 'before': upto(2, 0), 'after': [0, 1],
        'dilation': upto(2), 'ceil': [0, 1]}, probe='max'),
    Geometry('max-pool1d-auto', node('MaxPool', ['x'], f'{WINDOW}, auto_pad=$auto, dilations=[$dilation], ceil_mode=$ceil'),
             '1x1x$size', {'size': [1, 2, 4, 5, 7], 'kernel': upto(4), 'stride': upto(3), 'auto': AUTO,
                           'dilation': upto(2), 'ceil': [0, 1]}, probe='max'),
    Geometry('average-pool1d', node('AveragePool', ['x'], f'{WINDOW}, {PADS}, ceil_mode=$ceil, count_include_pad=$include'),
             '1x1x$size', {'size': [1, 2, 4, 6], 'kernel': upto(4), 'stride': upto(3), 'before': upto(2, 0),
                           'after': [0, 1], 'ceil': [0, 1], 'include': [0, 1]}, probe='average'),
    Geometry('average-pool1d-dilated', node('AveragePool', ['x'], f'{DILATED}, count_include_pad=$include'), '1x1x$size', {
        'size': [1, 2, 4, 7], 'kernel': [2, 3], 'stride': [1, 2], 'before': [0, 1], 'after': [0, 1], 'dilation': [2, 3],
        'include': [0, 1]}, probe='average'),
    Geometry('average-pool1d-auto',
             node('AveragePool', ['x'], f'{WINDOW}, auto_pad=$auto, ceil_mode=$ceil, count_include_pad=$include'),
             '1x1x$size', {'size': [1, 2, 4, 5, 7], 'kernel': upto(4), 'stride': upto(3), 'auto': AUTO, 'ceil': [0, 1],
                           'include': [0, 1]}, probe='average'),
    Geometry('pad1d', f"[{constant('pads', '[0, 0, $before, 0, 0, $after]')}, {node('Pad', ['x', 'pads'], 'mode=$mode')}]",
             '1x1x$size', {'size': [1, 2, 4], 'before': upto(4, -2), 'after': upto(3, -2), 'mode': MODES}),
    Geometry('pad1d-attribute', node('Pad', ['x'], 'mode=$mode, pads=[0, 0, $before, 0, 0, $after]'),
             '1x1x$size', {'size': upto(3), 'before': upto(2, -1), 'after': upto(2, -1), 'mode': MODES[:3]}),
    Geometry('slice1d', f"[{constant('starts', '[$start]')}, {constant('ends', '[$end]')}, {constant('axes', '[2]')}, "
             f"{constant('steps', '[$step]')}, {node('Slice', ['x', 'starts', 'ends', 'axes', 'steps'], 'name=None')}]",
             '1x1x$size', {'size': [1, 3, 4], 'start': upto(3, -3), 'end': upto(5, -3), 'step': [1, 2]}),
    Geometry('slice1d-attribute', node('Slice', ['x'], 'starts=[$start], ends=[$end], axes=[2]'),
             '1x1x$size', {'size': [1, 4], 'start': upto(2, -2), 'end': upto(4, -2)}),
]
