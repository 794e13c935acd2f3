/** A weight of a network with its gradient and Adam's two running moments. */
export interface Parameter {
  readonly value: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Whether weight decay shrinks it; offsets are left alone. */
  readonly decays: boolean;
}

export const parameter = (value: Float32Array, decays = true): Parameter => ({
  value,
  gradient: new Float32Array(value.length),
  first: new Float32Array(value.length),
  second: new Float32Array(value.length),
  decays,
});

/** out[n×o] += x[n×i] · wᵀ[o×i]: four outputs at a time, so that each input is read once for them. */
export function multiply(
  x: Float32Array,
  weights: Float32Array,
  out: Float32Array,
  rows: number,
  inputs: number,
  outputs: number,
): void {
  const blocked = outputs - (outputs % 4);
  for (let row = 0; row < rows; row++) {
    const from = row * inputs;
    const to = row * outputs;
    for (let output = 0; output < blocked; output += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let at = output * inputs;
      for (let input = 0; input < inputs; input++, at++) {
        const value = x[from + input]!;
        a += value * weights[at]!;
        b += value * weights[at + inputs]!;
        c += value * weights[at + 2 * inputs]!;
        d += value * weights[at + 3 * inputs]!;
      }
      out[to + output]! += a;
      out[to + output + 1]! += b;
      out[to + output + 2]! += c;
      out[to + output + 3]! += d;
    }
    for (let output = blocked; output < outputs; output++) {
      let sum = 0;
      const at = output * inputs;
      for (let input = 0; input < inputs; input++) sum += x[from + input]! * weights[at + input]!;
      out[to + output]! += sum;
    }
  }
}

/** back[n×i] += dy[n×o] · w[o×i] and gradient[o×i] += dyᵀ · x, in one pass over the weights' rows. */
export function multiplyBack(
  x: Float32Array,
  weights: Float32Array,
  dy: Float32Array,
  gradient: Float32Array,
  back: Float32Array | undefined,
  rows: number,
  inputs: number,
  outputs: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = row * inputs;
    for (let output = 0; output < outputs; output++) {
      const slope = dy[row * outputs + output]!;
      if (slope === 0) continue;
      const at = output * inputs;
      if (back)
        for (let input = 0; input < inputs; input++) {
          gradient[at + input]! += slope * x[from + input]!;
          back[from + input]! += slope * weights[at + input]!;
        }
      else for (let input = 0; input < inputs; input++) gradient[at + input]! += slope * x[from + input]!;
    }
  }
}
