import { createHash } from 'node:crypto';
import type { Kept } from '../kinds/inspection.ts';
import type { NetworkOutput, OpenedNetwork } from './open-network.ts';

/** A network whose answers are kept by what it is and what it was shown; the network itself where nothing is kept. */
export function keptNetwork(opened: OpenedNetwork, network: Uint8Array, kept: Kept | undefined): OpenedNetwork {
  if (!kept) return opened;
  const own = createHash('sha256').update(network).digest();
  return {
    async run(bytes, width, height) {
      const key = createHash('sha256').update(own).update(`${width} ${height} `).update(bytes).digest('hex');
      const known = await kept.get(key);
      if (known) return decoded(known);
      const outputs = await opened.run(bytes, width, height);
      await kept.put(key, encoded(outputs));
      return outputs;
    },
    close: () => opened.close(),
  };
}

/** Names and shapes as a line of JSON, then the numbers. */
function encoded(outputs: Record<string, NetworkOutput>): Uint8Array {
  const entries = Object.entries(outputs);
  const line = JSON.stringify(entries.map(([name, { dims, data }]) => [name, dims, data.length]));
  return Buffer.concat([
    Buffer.from(`${line}\n`),
    ...entries.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}

function decoded(bytes: Uint8Array): Record<string, NetworkOutput> {
  let at = bytes.indexOf(10) + 1;
  const line = new TextDecoder().decode(bytes.subarray(0, at));
  const entries = (JSON.parse(line) as [string, number[], number][]).map(([name, dims, length]) => {
    // Numbers must begin at a multiple of their size.
    const data = new Float32Array(length);
    new Uint8Array(data.buffer).set(bytes.subarray(at, at + length * 4));
    at += length * 4;
    return [name, { dims, data }] as const;
  });
  return Object.fromEntries(entries);
}
