// Whole answers, as a user sees them. Read every change of one: it is what the program says.

import { describe, expect, it } from 'vitest';
import { padwise } from '../test/terminal.ts';

const printed = async (...argv: string[]) => {
  const { exit, out, err } = await padwise(...argv);
  return `${out}${err}exit ${exit}`;
};

describe('why', () => {
  it('31', async () => {
    const code = 'keras.layers.Conv2D(6, 4, strides=2, padding="same")';
    expect(await printed('why', code, '--input', '1x64x64x3', '--expected', '31')).toMatchInlineSnapshot(`
      "keras Conv2D   1x64x64x3 -> 1x32x32x6                             expected 31x31

      height   32, not 31
        SAME     (ceil(64 / 2) - 1) * 2 + 4 - 64 = (32 - 1) * 2 + 4 - 64 = 2
        pads     1 before, 1 after
        out      floor((64 + 1 + 1 - 4) / 2) + 1 = 32
        unpadded it would be floor((64 - 4) / 2) + 1 = 31
        31 is what padding of 0 to 1 in all gives: no padding, 'valid'
      width   likewise

      for 31x31, write
        layers.Conv2D(6, 4, strides=2)
      exit 1"
    `);
  });

  it('a transposed size', async () => {
    const code = 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)';
    expect(await printed('why', code, '--input', '16', '--expected', '32')).toMatchInlineSnapshot(`
      "torch nn.ConvTranspose2d   1x8x16x16 -> 1x4x31x31                 expected 32x32

      height   31, not 32
        natural  (16 - 1) * 2 + 3 = 33 positions written
        cut      1 before, 1 after: 31 are kept
        32 is what cutting 1 in all gives: 33 positions are written
      width   likewise

      for 32x32, write
        nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)
      exit 1"
    `);
  });

  it('a size no padding gives', async () => {
    expect(
      await printed('why', 'nn.Conv1d(8, 4, 3, stride=2)', '--input', '16', '--expected', '2'),
    ).toMatchInlineSnapshot(`
      "torch nn.Conv1d   1x8x16 -> 1x4x7                                     expected 2

      length   7, not 2
        pads     none
        out      floor((16 - 3) / 2) + 1 = 7
        unread   15: 1 of 16 is never read
        2 is out of reach: even without padding it is 7; a stride of 7 gives 2
      exit 1"
    `);
  });

  it('one axis only: the other keeps its padding', async () => {
    const { out } = await padwise('why', 'nn.Conv2d(8, 4, 3, 2, 1)', '--input', '16', '--expected', '7x8');
    expect(out).toContain('nn.Conv2d(8, 4, 3, stride=2, padding=(0, 1))');
  });
});

describe('solve', () => {
  it('64 -> 31', async () => {
    const argv = ['--size', '64', '--out', '31', '--kernel', '4', '--stride', '2'];
    expect(await printed('solve', ...argv)).toMatchInlineSnapshot(`
      "64 -> 31

        kernel 4   stride 2   padding 0 to 1 in all   'valid'

      in code
        keras       layers.Conv2D(1, 4, strides=2)
        torch       nn.Conv2d(1, 1, 4, stride=2)
        flax        nn.Conv(features=1, kernel_size=(4, 4), strides=(2, 2), padding='VALID')
        tensorflow  x = tf.nn.conv2d(x, weight, strides=2, padding='VALID')
                    x = tf.nn.bias_add(x, bias)
        mxnet       nn.Conv2D(1, kernel_size=4, strides=2)
        jax         lax.conv_general_dilated(x, weight, (2, 2), 'VALID')  # + bias.reshape((-1, 1, 1))
        onnx        helper.make_node('Conv', ['x', 'W', 'B'], ['y'], kernel_shape=[4, 4], strides=[2, 2])
        paddle      paddle.nn.Conv2D(1, 1, 4, stride=2)
        tfjs        tf.layers.conv2d({filters: 1, kernelSize: 4, strides: 2})
        openvino    x = ov.opset13.convolution(x, weight, [2, 2], [0, 0], [0, 0], [1, 1])
                    x = ov.opset13.add(x, bias)
        webnn       builder.conv2d(x, filter, {strides: [2, 2], bias: bias})
        coreml      mb.conv(x=x, weight=weight, bias=bias, strides=[2, 2], pad_type='valid')
        tensorrt    x = network.add_convolution_nd(x, 1, (4, 4), kernel, bias)
                    x.stride_nd = (2, 2)
                    x = x.get_output(0)
        tflite      tfl.conv_2d(x, filter, bias, padding='VALID', stride_h=2, stride_w=2)
        caffe       L.Convolution(x, num_output=1, kernel_size=4, stride=2)
        darknet     [convolutional]
                    filters=1
                    size=4
                    stride=2
                    activation=linear
        cudnn       graph.conv_fprop(x, weight, stride=[2, 2])  # then graph.bias(x, bias)
        chainer     L.Convolution2D(1, 1, 4, stride=2)
        tinygrad    nn.Conv2d(1, 1, 4, stride=2)
        mlx         nn.Conv2d(1, 1, 4, stride=2)
        burn        Conv2dConfig::new([1, 1], [4, 4]).with_stride([2, 2]).init(&device)
        onnxruntime helper.make_node('Conv', ['x', 'W', 'B'], ['y'], kernel_shape=[4, 4], strides=[2, 2])
      exit 0"
    `);
  });

  it('64 -> 32 with kernel and stride open', async () => {
    const { out } = await padwise('solve', '--size', '64', '--out', '32');
    expect(out.split('\n').slice(0, 5)).toMatchInlineSnapshot(`
      [
        "64 -> 32",
        "",
        "  kernel 1    stride 2   padding 0 in all         'valid', 'same'",
        "  kernel 2    stride 2   padding 0 to 1 in all    'valid', 'same'",
        "  kernel 3    stride 2   padding 1 to 2 in all    'same'",
      ]
    `);
  });
});

describe('compare', () => {
  it('two layers that only look alike (G5)', async () => {
    const torch = 'nn.ConvTranspose2d(3, 4, 3, 2, 1, output_padding=1)';
    const keras = 'Conv2DTranspose(4, 3, strides=2, padding="same")';
    expect(await printed('compare', torch, keras, '--input', '16')).toMatchInlineSnapshot(`
      "           pads   out    out[0] centre   last window reads
      torch      1,2    32     0               30..32 (2 padded)
      keras      2,1    32     -1              29..31 (1 padded)

      SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left
      Equal for no size.

      torch, exactly as keras
        x = nn.ConvTranspose2d(3, 4, 3, stride=2)(x)
        x = F.pad(x, (0, -1, 0, -1))
      exit 1"
    `);
  });

  it('the port of one with itself (G5)', async () => {
    const keras = 'Conv2DTranspose(4, 3, strides=2, padding="same")';
    const port = await padwise('port', keras, '--to', 'torch', '--input', '16', '--json');
    const lines = JSON.parse(port.out).lines.join('\n');
    expect((await padwise('compare', keras, lines, '--input', '16')).exit).toBe(0);
  });

  it('five strided layers (G4)', async () => {
    const torch = [3, 4, 4, 4, 4].map((channels) => `nn.Conv2d(${channels}, 4, 3, 2, 1)`).join('\n');
    const keras = Array.from({ length: 5 }, () => 'Conv2D(4, 3, 2, "same")').join('\n');
    const { exit, out } = await padwise('compare', torch, keras, '--input', '224');
    expect(exit).toBe(1);
    expect(out).toContain('SAME SHAPE, DIFFERENT PIXELS: shifted 31 px down and right\n');
    expect(out).toContain('Equal only for sizes with size mod 32 = 1.\n');
  });

  it('other shapes, other channels, another rule', async () => {
    const verdict = async (first: string, second: string) =>
      (await padwise('compare', first, second, '--input', '8')).out
        .split('\n')
        .find((line) => /^(diff|SAME)/.test(line));
    expect(await verdict('nn.Conv2d(3, 4, 3)', 'nn.Conv2d(3, 4, 2)')).toBe('different shape: 6x6 and 7x7');
    expect(await verdict('nn.Conv2d(3, 4, 3)', 'nn.Conv2d(3, 5, 3)')).toBe(
      'different shape: 4 and 5 channels',
    );
    expect(await verdict('nn.MaxPool2d(2)', 'nn.AvgPool2d(2)')).toBe(
      'SAME PIXELS, DIFFERENT NUMBERS: another rule or other groups',
    );
  });
});

describe('port', () => {
  it('with the weights and what people usually write', async () => {
    const code = "SeparableConv2D(8, 3, strides=2, padding='same')";
    expect(await printed('port', code, '--to', 'torch', '--input', '32')).toMatchInlineSnapshot(`
      "PyTorch, exactly
        x = F.pad(x, (0, 1, 0, 1))
        x = nn.Conv2d(3, 3, 3, stride=2, groups=3, bias=False)(x)
        x = nn.Conv2d(3, 8, 1)(x)

      weights (NumPy)
        # 3x3x3x1 -> 3x1x3x3
        weight1 = depthwise_kernel.reshape(3, 3, 3, 1, 1).transpose(2, 3, 4, 0, 1).reshape(3, 1, 3, 3)
        weight2 = pointwise_kernel.transpose(3, 2, 0, 1)    # 1x1x3x8 -> 8x3x1x1
      exit 0"
    `);
    const conv = "Conv2D(8, 3, strides=2, padding='same')";
    expect(await printed('port', conv, '--to', 'torch', '--input', '32')).toMatchInlineSnapshot(`
      "PyTorch, exactly
        x = F.pad(x, (0, 1, 0, 1))
        x = nn.Conv2d(3, 8, 3, stride=2)(x)

      weights (NumPy)
        weight = kernel.transpose(3, 2, 0, 1)    # 3x3x3x8 -> 8x3x3x3

      what people usually write is not it
        nn.Conv2d(3, 8, 3, stride=2, padding=1)
        SAME SHAPE, DIFFERENT PIXELS: shifted 1 px up and left
      exit 0"
    `);
  });
});

describe('pads', () => {
  it('in every order (G10)', async () => {
    expect(await printed('pads', '1,2,3,4', '--from', 'onnx')).toMatchInlineSnapshot(`
      "onnx        [1, 2, 3, 4]
      torch       (2, 4, 1, 3)
      webnn       [1, 3, 2, 4]
      tensorflow  [[0, 0], [1, 3], [2, 4], [0, 0]]
      keras       ((1, 3), (2, 4))
      jax         ((1, 3), (2, 4))
      numpy       ((1, 3), (2, 4))
      mxnet       (0, 0, 0, 0, 1, 3, 2, 4)
      exit 0"
    `);
  });

  it('negative ones, brackets and spaces', async () => {
    expect(await printed('pads', '-1,2,3,4', '--from', 'torch', '--to', 'onnx')).toBe(
      '[3, -1, 4, 2]\nexit 0',
    );
    expect(await printed('pads', '[1, 2]', '--from', 'onnx', '--to', 'TORCH')).toBe('(1, 2)\nexit 0');
  });
});

describe('help', () => {
  it('of the program', async () => {
    expect((await padwise()).out).toMatchInlineSnapshot(`
      "padwise knows what padding and stride do, in every framework, to the last pixel.

      Usage: padwise COMMAND [options]

        explain  Explain a layer: its size and pads, with arithmetic and evidence
        why      Say why the output is not the size you expected
        solve    Find the padding (and kernel and stride) that give a size
        compare  Compare two layers: the same pixels, or a silent shift
        reach    Show what outputs see of the input: field, dead pixels, legal sizes
        draw     Draw a layer: SVG, PNG, GIF, TikZ, or on the terminal
        heat     Draw how often each pixel is used
        port     Write a layer in another framework, exact to the pixel
        pads     Translate pads from one framework's order to another's
        run      Run a layer on a PNG, JPEG or .npy file
        plan     Show what code would run for a layer, and why
        bench    Measure one layer on this machine
        doctor   Check the engine: what it can do here, and that it is right

      Code is real framework code: PyTorch, Keras, JAX, ONNX and all that explain
      --help lists.
      Exit codes: 0 same or done, 1 differs, 2 invalid or impossible, 3 a file it
      cannot read or write.

      Try:
        padwise explain 'layers.Conv2D(6, 4, strides=2, padding="same")' --input 64

      padwise COMMAND --help shows a command's options. This is padwise 0.4.0.
      "
    `);
  });

  it('of a command, wherever it is asked for', async () => {
    const { out } = await padwise('run', '--help');
    expect(out).toMatchInlineSnapshot(`
      "Run a layer on a PNG, JPEG or .npy file and write a PNG or .npy.

      Usage: padwise run CODE FILE [options]

        CODE  the layer: code, a .py file, or - for standard input
        FILE  the input: PNG, JPEG (values 0 to 1) or .npy

        -o, --output FILE    where to write: .png or .npy; without it, only the
                             numbers
        --weights FILES      .npy files of the parameters, in the layer's own order:
                             kernel.npy,bias.npy
        --kernel NAME        a classic kernel: identity, box, gaussian, sobel-x,
                             sobel-y, sobel, laplacian, sharpen
        --seed N             seed of the layer's own initialiser (0)
        --memory GIB         most memory for input, weights and output, in GiB (4)
        --framework NAME     whose code it is: keras, torch, flax, tensorflow, mxnet,
                             jax, onnx, paddle, tfjs, openvino, webnn, coreml,
                             tensorrt, tflite, caffe, darknet, cudnn, chainer,
                             tinygrad, mlx, burn, onnxruntime (guessed from the code)
        --tensor NAME=SHAPE  shape of a tensor the code names: weight=6x3x4x4,bias=6
        --json               print JSON of a versioned schema
        --lang NAME          language of the answers: en, zh (the terminal's)

      Examples:
        padwise run 'nn.Conv2d(3, 3, 5, padding=2, padding_mode="reflect")' \\
          photo.png \\
          --kernel gaussian -o soft.png
        padwise run 'nn.Conv2d(1, 2, 3, padding=1)' photo.jpg \\
          --kernel sobel -o edges.npy
      "
    `);
    expect((await padwise('help', 'run')).out).toBe(out);
    expect((await padwise('run', 'code', '-h')).out).toBe(out);
  });

  it.each(['explain', 'why', 'solve', 'compare', 'port', 'pads', 'run'])(
    '%s keeps to 80 columns',
    async (name) => {
      const { out } = await padwise(name, '--help');
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );
});
