import type { Config } from '@millwright/kernel';
import type { ChannelKind, ChannelParts } from '../channel-kind.ts';

/** A message as a receiver has it. */
export interface Received {
  readonly id: string;
  /** Everything that a reader or a machine finds in it, as one text. */
  readonly text: string;
}

/** A real receiver of one kind, for the conformance suite. */
export interface ChannelDriver {
  readonly kind: ChannelKind;
  readonly settings: Record<string, unknown>;
  readonly parts: Partial<ChannelParts> & { readonly config?: Config };
  readonly secrets: readonly string[];
  /** Whatever arrived so far, after waiting for at least so many. */
  received(least: number): Promise<Received[]>;
  /** From now on it refuses single messages; absent where a receiver cannot. */
  refuse?(): void;
  /** From now on it is not there. */
  away(): Promise<void>;
  close(): Promise<void>;
}

/** Waits for what arrives by itself. */
export async function atLeast<T>(list: readonly T[], least: number): Promise<T[]> {
  const deadline = Date.now() + 10_000;
  while (list.length < least && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  return [...list];
}
