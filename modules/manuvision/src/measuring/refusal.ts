import type { Note } from '@millwright/kernel';

/** A feature that cannot be measured, and why; caught by who measures a picture. */
export class MeasuringRefusal extends Error {
  readonly note: Note;
  constructor(note: Note) {
    super(note.text);
    this.note = note;
  }
}

/** Ends the measurement of a feature. */
export function refuse(note: Note): never {
  throw new MeasuringRefusal(note);
}
