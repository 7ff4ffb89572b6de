// Layers in texts that are no program: what Caffe, Darknet and cuDNN are configured with. Each is known by how it begins or by
// the functions it calls, and becomes the calls that pasted Python becomes.
//
//   layer { type: "Convolution" ... }           Caffe's network text
//   [convolutional]  size=3                     Darknet's
//   cudnnSetConvolution2dDescriptor(...);       C that sets cuDNN's descriptors

import { networkCalls } from './caffe/network.ts';
import { descriptorCalls, setsDescriptors } from './cudnn/descriptors.ts';
import { cfgCalls } from './darknet/cfg.ts';
import type { Shape } from './dialect.ts';
import type { PastedCall } from './python.ts';

const PROTOTXT =
  /^(?:\s|#[^\n]*(?:\n|$))*(?:(?:layers?|input_shape|state)\s*:?\s*\{|(?:name|input)\s*:\s*["']|input_dim\s*:\s*\d|force_backward\s*:)/;
const CFG = /^(?:\s|[#;][^\n]*(?:\n|$))*\[[ \t]*[A-Za-z]\w*[ \t]*\][ \t]*(?:[#;][^\n]*)?(?:[\r\n]|$)/;

/**
 * The calls of such a text; null for anything else. `tensors` are the shapes it may name.
 * @throws DialectError 'code', with offset, for a text of such a kind that is not read
 */
export function notation(
  code: string,
  tensors: Readonly<Record<string, Shape>>,
): readonly PastedCall[] | null {
  if (PROTOTXT.test(code)) return networkCalls(code);
  if (CFG.test(code)) return cfgCalls(code);
  return setsDescriptors(code) ? descriptorCalls(code, tensors) : null;
}
