import type { VerdictKind } from '../types.ts';

export type Counts = Readonly<Record<VerdictKind, number>>;

/** Share of parts that passed; what could not be judged did not. Null without parts. */
export function yieldOf({ ok, ng, refused }: Counts): number | null {
  const all = ok + ng + refused;
  return all === 0 ? null : ok / all;
}
