import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';

/** Numbers with their shape, the last dimension running fastest. */
export interface Values {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A network as it is, of one input and one output, for a caller that prepares and reads the numbers itself. */
export interface Network {
  run(input: Values): Promise<Values>;
  close(): Promise<void>;
}

export interface NetworkOptions {
  /** For people: what the errors call it. */
  readonly model: string;
  /** Threads within an operator; left out: 1. */
  readonly threads?: number;
}

/**
 * Opens an ONNX network that comes with the product, on the CPU. Networks of a stranger go through `inspectOnnx` first.
 *
 * Throws INFERENCE_SESSION_FAILED.
 */
export async function openNetwork(bytes: Uint8Array, { model, threads }: NetworkOptions): Promise<Network> {
  const { session } = await openSession(bytes, { model, threads });
  const [from] = session.inputNames;
  const [to] = session.outputNames;
  return {
    async run({ dims, data }) {
      const outputs = await session.run({ [from!]: new Tensor('float32', data, [...dims]) });
      const output = outputs[to!]!;
      // A copy: the numbers of the output lie in memory of the runtime's own.
      return { dims: output.dims, data: Float32Array.from(output.data as Float32Array) };
    },
    close: () => session.release(),
  };
}
