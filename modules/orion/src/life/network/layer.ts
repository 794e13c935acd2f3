import { multiply, multiplyBack, type Parameter, parameter } from './tensor.ts';

/** One step of a network: rows in, rows out; keeps what it needs for the way back. */
export interface Layer {
  readonly parameters: readonly Parameter[];
  readonly outputs: number;
  forward(x: Float32Array, rows: number, training: boolean): Float32Array;
  /** Adds to the gradients of its parameters; gives the slope of the loss by its input. */
  backward(dy: Float32Array, rows: number): Float32Array;
}

/** Normally distributed start weights (He et al., 2015). */
export function startWeights(count: number, spread: number, random: () => number): Float32Array {
  const weights = new Float32Array(count);
  for (let index = 0; index < count; index++)
    weights[index] = spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return weights;
}

export function dense(inputs: number, outputs: number, random: () => number): Layer {
  const weights = parameter(startWeights(inputs * outputs, Math.sqrt(2 / inputs), random));
  const offset = parameter(new Float32Array(outputs), false);
  let seen: Float32Array = new Float32Array(0);
  return {
    parameters: [weights, offset],
    outputs,
    forward(x, rows) {
      seen = x;
      const out = new Float32Array(rows * outputs);
      for (let row = 0; row < rows; row++) out.set(offset.value, row * outputs);
      multiply(x, weights.value, out, rows, inputs, outputs);
      return out;
    },
    backward(dy, rows) {
      const back = new Float32Array(rows * inputs);
      for (let row = 0; row < rows; row++)
        for (let output = 0; output < outputs; output++) offset.gradient[output]! += dy[row * outputs + output]!;
      multiplyBack(seen, weights.value, dy, weights.gradient, back, rows, inputs, outputs);
      return back;
    },
  };
}

/** What is below zero becomes zero. */
export function rectify(outputs: number): Layer {
  let kept: Float32Array = new Float32Array(0);
  return {
    parameters: [],
    outputs,
    forward(x) {
      const out = new Float32Array(x.length);
      for (let index = 0; index < x.length; index++) out[index] = Math.max(0, x[index]!);
      kept = out;
      return out;
    },
    backward(dy) {
      for (let index = 0; index < dy.length; index++) if (kept[index] === 0) dy[index] = 0;
      return dy;
    },
  };
}

/** Leaves out a share of the values while it learns (Srivastava et al., 2014). */
export function dropout(outputs: number, share: number, random: () => number): Layer {
  let factors: Float32Array | undefined;
  return {
    parameters: [],
    outputs,
    forward(x, _rows, training) {
      factors = undefined;
      if (!training || share === 0) return x;
      factors = new Float32Array(x.length);
      const out = new Float32Array(x.length);
      for (let index = 0; index < x.length; index++) {
        factors[index] = random() < share ? 0 : 1 / (1 - share);
        out[index] = x[index]! * factors[index]!;
      }
      return out;
    },
    backward(dy) {
      if (factors) for (let index = 0; index < dy.length; index++) dy[index]! *= factors[index]!;
      return dy;
    },
  };
}

/** Steps one after the other. */
export function chain(layers: readonly Layer[]): Layer {
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    outputs: layers.at(-1)!.outputs,
    forward: (x, rows, training) => layers.reduce((value, layer) => layer.forward(value, rows, training), x),
    backward: (dy, rows) => layers.reduceRight((slope, layer) => layer.backward(slope, rows), dy),
  };
}
