import { orionErrors } from '../errors.ts';
import type { State, StateValue } from './learner.ts';

const arrays = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u8: Uint8Array } as const;
type Tag = keyof typeof arrays;

/** A state as JSON in bytes: arrays as base64 of their little-endian bytes under their type, so that no digit is lost. */
export function saveState(state: State): Uint8Array {
  return Buffer.from(JSON.stringify(pack(state)));
}

/** Opens what `saveState` wrote. Throws ORION_STATE_UNREADABLE. */
export function loadState(bytes: Uint8Array): State {
  try {
    return unpack(JSON.parse(Buffer.from(bytes).toString())) as State;
  } catch (cause) {
    throw orionErrors.ORION_STATE_UNREADABLE({ reason: (cause as Error).message }, cause);
  }
}

function pack(value: StateValue): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(pack);
  for (const [tag, type] of Object.entries(arrays))
    if (value instanceof type)
      return { [`$${tag}`]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  return Object.fromEntries(Object.entries(value as State).map(([name, part]) => [name, pack(part)]));
}

function unpack(value: unknown): StateValue {
  if (value === null || typeof value !== 'object') return value as StateValue;
  if (Array.isArray(value)) return value.map(unpack);
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first![0].startsWith('$')) {
    const [key, content] = first as [string, string];
    if (key === '$number') return Number(content);
    const type = arrays[key.slice(1) as Tag];
    if (!type) throw new Error(`unknown part ${key}`);
    const bytes = Buffer.from(content, 'base64');
    return new type(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }
  return Object.fromEntries(entries.map(([name, part]) => [name, unpack(part)]));
}
