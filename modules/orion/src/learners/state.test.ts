import { expect, it } from 'vitest';
import { loadState, saveState } from './state.ts';

it('keeps every digit of what was learnt', () => {
  const state = {
    weights: Float64Array.of(0.1, Number.NaN, -0, 1 / 3),
    small: Float32Array.of(1.5),
    codes: Int32Array.of(-1, 2),
    bytes: Uint8Array.of(255),
    limit: Number.POSITIVE_INFINITY,
    parts: [{ name: 'a', on: true, none: null }],
  };
  expect(loadState(saveState(state))).toEqual(state);
});

it('says when a file is no state', () => {
  expect(() => loadState(Buffer.from('{"a":{"$f16":"AA=="}}'))).toThrow(
    expect.objectContaining({ code: 'ORION_STATE_UNREADABLE' }),
  );
});
