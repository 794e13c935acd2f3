import { isNote, type Note, textOf } from '@millwright/kernel';
import type { ConnectorState } from '../connectors/connector.ts';

/** The state of a source as it is told: what a person needs to know in English, and as a note where it is the product's. */
export interface SourceState {
  readonly state: ConnectorState['state'] | 'files' | 'disabled';
  readonly message: string;
  readonly note: Note | null;
}

export function sourceState({ state, message }: ConnectorState): SourceState {
  return { state, message: textOf(message), note: isNote(message) ? message : null };
}
