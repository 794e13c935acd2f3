import { openSession, Tensor } from '@millwright/inference';

/** A network that takes one picture as red, green and blue bytes and gives out named numbers of 32 bits; others it has are left out. */
export interface OpenedNetwork {
  run(bytes: Uint8Array, width: number, height: number): Promise<Record<string, NetworkOutput>>;
  close(): Promise<void>;
}

export interface NetworkOutput {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

const threads = 2;

/** Throws INFERENCE_SESSION_FAILED where ONNX Runtime does not take it. `name` is for people. */
export async function openNetwork(network: Uint8Array, name: string): Promise<OpenedNetwork> {
  const { session } = await openSession(network, { model: name, threads });
  return {
    run: async (bytes, width, height) => {
      const images = new Tensor('uint8', bytes, [1, height, width, 3]);
      const results = await session.run({ images });
      return Object.fromEntries(
        Object.entries(results).flatMap(([key, { dims, data }]) =>
          data instanceof Float32Array ? [[key, { dims, data }]] : [],
        ),
      );
    },
    close: () => session.release(),
  };
}
