import type { Operator } from '../operator.ts';
import { activationOperator } from './activation.ts';
import { arithmetic } from './arithmetic.ts';
import { concat } from './concat.ts';
import { convolution, depthwiseConvolution } from './convolution.ts';
import { maxPool } from './max-pool.ts';
import { mean } from './mean.ts';
import { pad } from './pad.ts';
import { resizeBilinear } from './resize.ts';
import { transpose } from './transpose.ts';

/** By TensorFlow's name of the operator. */
export const operators: Readonly<Record<string, Operator>> = {
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwiseConvolution,
  FusedDepthwiseConv2dNative: depthwiseConvolution,
  Add: arithmetic,
  AddV2: arithmetic,
  Sub: arithmetic,
  Mul: arithmetic,
  RealDiv: arithmetic,
  Relu: activationOperator,
  Relu6: activationOperator,
  LeakyRelu: activationOperator,
  Sigmoid: activationOperator,
  Mean: mean,
  ResizeBilinear: resizeBilinear,
  ConcatV2: concat,
  MaxPool: maxPool,
  Pad: pad,
  PadV2: pad,
  Transpose: transpose,
  Identity: ({ tensor }) => tensor(0),
};
