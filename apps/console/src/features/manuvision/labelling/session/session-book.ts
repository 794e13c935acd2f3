import type { PictureLabels } from '../../types.ts';
import { LabelSession, type SaveState, type Server } from './label-session.ts';

interface BookParts {
  serverOf(picture: string): Server;
  /** Of who labels. */
  readonly me: string;
  tell(picture: string, labels: PictureLabels): void;
}

/** The sessions of the pictures that were opened on this page: who comes back to one can still take steps back. */
export class SessionBook {
  readonly #parts: BookParts;
  readonly #sessions = new Map<string, LabelSession>();

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  sessionOf(picture: string, labels: PictureLabels): LabelSession {
    const known = this.#sessions.get(picture);
    if (known) return known;
    const { serverOf, me, tell } = this.#parts;
    const made = new LabelSession(serverOf(picture), me, labels, (answer) => tell(picture, answer as PictureLabels));
    this.#sessions.set(picture, made);
    return made;
  }

  get hasUnsaved(): boolean {
    return [...this.#sessions.values()].some((session) => session.snapshot().state !== 'saved');
  }

  /** Saves all; answers how the worst of them stands. */
  async flush(): Promise<SaveState> {
    const states = await Promise.all([...this.#sessions.values()].map((session) => session.flush()));
    return states.find((state) => state === 'conflict') ?? states.find((state) => state !== 'saved') ?? 'saved';
  }
}
