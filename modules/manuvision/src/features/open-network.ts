import '@millwright/inference';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { manuvisionErrors } from '../errors.ts';

/** A network that takes one picture as red, green and blue bytes and gives out named numbers. */
export interface OpenedNetwork {
  run(bytes: Uint8Array, width: number, height: number): Promise<Record<string, NetworkOutput>>;
  close(): Promise<void>;
}

export interface NetworkOutput {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

const threads = 2;

/** Throws MANUVISION_MODEL_REFUSED where ONNX Runtime does not take it. `name` is for people. */
export async function openNetwork(network: Uint8Array, name: string): Promise<OpenedNetwork> {
  try {
    const session = await InferenceSession.create(network, {
      ...{ executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 },
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    return {
      run: async (bytes, width, height) => {
        const images = new Tensor('uint8', bytes, [1, height, width, 3]);
        const results = await session.run({ images });
        return Object.fromEntries(
          Object.entries(results).map(([key, value]) => [key, { dims: value.dims, data: value.data as Float32Array }]),
        );
      },
      close: () => session.release(),
    };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!.slice(0, 300);
    throw manuvisionErrors.MANUVISION_MODEL_REFUSED({ file: name, reason }, error);
  }
}
