// Where an implementation leaves the specification. Everything else that the readers of ONNX do is the same for all.
//
//                                        the specification            ONNX Runtime 1.31
//   negative pads of convolutions        refused                      crop
//   an empty output of a convolution     stands                       refused
//   SAME of Conv, dilated                the dilated window           refused
//   SAME, kernel below the stride        starts at the first element  crops
//   SAME of pools, dilated               the dilated window           forgets the dilation
//   pools that do not fit                floor                        as C divides: one window a little too wide
//   pads of pools                        any                          below the kernel
//   SAME of ConvTranspose, k < stride    size * stride outputs        the natural ones
//   output_shape of ConvTranspose        any, spatial sizes only      below natural + stride; batch and channels may stand
//   reflect of Pad                       any                          once
//
// Sources: the operators' texts and shape inference (onnx 1.23), onnxruntime core/providers/cpu/nn (1.31), runs of both.

/** What an implementation of ONNX's operators does its own way: true for ONNX Runtime's way, row by row. */
export interface Rules {
  readonly negativePads: boolean;
  readonly refusesEmpty: boolean;
  readonly refusesDilatedSame: boolean;
  readonly croppingSame: boolean;
  readonly loosePools: boolean;
  readonly naturalSame: boolean;
  readonly boundedOutputShape: boolean;
  readonly reflectsOnce: boolean;
}

/** The specification itself. */
export const SPECIFICATION: Rules = {
  negativePads: false,
  refusesEmpty: false,
  refusesDilatedSame: false,
  croppingSame: false,
  loosePools: false,
  naturalSame: false,
  boundedOutputShape: false,
  reflectsOnce: false,
};
