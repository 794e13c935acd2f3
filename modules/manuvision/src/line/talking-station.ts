import type { VerdictAnswer } from '../stations/schemas.ts';
import type { HandshakeSettings } from './handshake-settings.ts';

/** A station, of the server or of a box, as far as its talk with the line needs it. */
export interface TalkingStation {
  readonly id: string;
  readonly name: string;
  readonly handshake: HandshakeSettings | null;
}

/** What the line is told of a part. */
export type LineVerdict = Pick<VerdictAnswer, 'verdict' | 'class' | 'score' | 'error'>;
