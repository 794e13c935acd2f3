import type { Blobs } from '@millwright/blobs';
import type { Bus } from '@millwright/bus';
import type { Config } from '@millwright/kernel';
import type { AddressGuard } from '@millwright/kernel/node';
import type { z } from 'zod';
import type { OutgoingMessage } from '../outgoing-message.ts';

/** What the kinds may use of the server. */
export interface ChannelParts {
  readonly bus: Bus;
  readonly blobs: Blobs;
  readonly guard: AddressGuard;
  readonly config: Config;
}

export interface SendContext {
  /** When it is sent, milliseconds since 1970: what a signature is made over. */
  readonly now: number;
  /** The newest first; only of kinds that sign. */
  readonly secrets: readonly string[];
  /** Parts of the message that were taken at an earlier attempt, as `PartlyTaken` named them. */
  readonly done: readonly string[];
}

/** Thrown when some of the parts of a message were taken and others not; only the others are sent again. */
export class PartlyTaken extends Error {
  readonly done: readonly string[];
  constructor(done: readonly string[], cause: unknown) {
    super('partly taken', { cause });
    this.done = done;
  }
}

/** One way out. The conformance suite holds every kind to what is said here. */
export interface ChannelKind<Settings = unknown> {
  readonly kind: string;
  readonly configSchema: z.ZodType<Settings>;
  /** Has a secret that its messages are signed with. */
  readonly signs: boolean;
  /** The settings as they may be shown: to those who manage channels, and to others who may see that it exists. */
  cover(settings: Settings, reader: 'manager' | 'other'): Record<string, unknown>;
  /** Puts back what `cover` took out and a form sent back as it was. */
  uncover(next: Record<string, unknown>, before: Settings): Record<string, unknown>;
  /** Throws a coded error for settings that can never work or may not be used. Asked when they are saved, not at every start. */
  check(settings: Settings, parts: ChannelParts): Promise<void>;
  /**
   * Sends the message and resolves to what the receiver said once it has taken it, in its own words and at most 500
   * characters. Rejects with a coded error, or PartlyTaken around one. Ends within 30 seconds.
   */
  send(settings: Settings, message: OutgoingMessage, context: SendContext, parts: ChannelParts): Promise<string>;
  /** Whether the failure is of this one message, so that others of the channel may well arrive. */
  isOfMessage(code: string, details: Record<string, unknown>): boolean;
}

/** Ties the type of the settings to the schema; the registry then holds kinds of any settings. */
export const defineChannelKind = <Settings>(kind: ChannelKind<Settings>): ChannelKind => kind as unknown as ChannelKind;

export const covered = '***';
