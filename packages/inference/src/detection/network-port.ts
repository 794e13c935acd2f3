import type { InferenceSession } from '../onnx-runtime.ts';

/** An input or output of a network. A size that is left free has a name, or is empty. */
export interface NetworkPort {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly (number | string)[];
}

export const networkPorts = (facts: InferenceSession['inputMetadata']): NetworkPort[] =>
  facts.map((one) =>
    one.isTensor
      ? { name: one.name, type: one.type, dims: [...one.shape] }
      : { name: one.name, type: 'no tensor', dims: [] },
  );
