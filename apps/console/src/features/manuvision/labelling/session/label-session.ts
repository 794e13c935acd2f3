import { ApiError } from '../../../../api/api-error.ts';
import { beginWith, change, close, redo, type UndoStack, undo } from '../../../../components/undo-stack.ts';
import { keepBoth, type Labels, sameLabels, toLabels, toWire, type WireLabels } from './labels.ts';

/** What the server says of a picture. */
export interface Answer extends WireLabels {
  /** Counts what was said; 0: nobody said anything yet. */
  readonly revision: number;
  /** The last word of each. */
  readonly people: readonly (WireLabels & { readonly actorId: string })[];
}

export interface Server {
  load(): Promise<Answer>;
  /** Throws an ApiError of status 409 where somebody else was faster. */
  save(labels: WireLabels, revision: number): Promise<Answer>;
}

export type SaveState = 'saved' | 'changed' | 'saving' | 'failed' | 'conflict';

export interface Snapshot {
  readonly stack: UndoStack<Labels>;
  readonly state: SaveState;
  readonly revision: number;
  /** What somebody else saved meanwhile, while a choice is asked for. */
  readonly theirs: Labels | undefined;
  readonly error: unknown;
}

export type Choice = 'both' | 'mine' | 'theirs';

const pauseMs = 700;

/**
 * The labels of one picture while a page is open: steps that can be taken back (also those that are saved), saving by
 * itself shortly after the last change, and the choice where somebody else saved meanwhile. What is drawn is never lost:
 * whatever is not chosen stays a step back.
 */
export class LabelSession {
  readonly #server: Server;
  readonly #me: string;
  readonly #onSaved: (answer: Answer) => void;
  readonly #listeners = new Set<() => void>();
  #now: Snapshot;
  /** What the server has; another object is another word. */
  #saved: Labels;
  /** To be said even though nothing changed: it was looked at, and it is so. */
  #isConfirmed = false;
  /** Whether one's own last word is what the server has. */
  #hasSaid: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;

  /** @param me id of who labels */
  constructor(server: Server, me: string, first: Answer, onSaved: (answer: Answer) => void) {
    this.#server = server;
    this.#me = me;
    this.#onSaved = onSaved;
    this.#saved = toLabels(first);
    this.#hasSaid = this.#isOwnWord(first);
    this.#now = {
      ...{ stack: beginWith(this.#saved), state: 'saved', revision: first.revision },
      ...{ theirs: undefined, error: undefined },
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): Snapshot => this.#now;

  get labels(): Labels {
    return this.#now.stack.present;
  }

  /** @param name changes with the same name in a row are one step */
  change(next: Labels, name?: string): void {
    this.#step(change(this.#now.stack, next, name));
  }

  /** What comes next is a step of its own, whatever its name. */
  closeStep(): void {
    this.#set({ stack: close(this.#now.stack) });
  }

  undo(): void {
    this.#step(undo(this.#now.stack));
  }

  redo(): void {
    this.#step(redo(this.#now.stack));
  }

  /** Says what is there as one's own word, also where nothing was changed. */
  confirm(): void {
    if (this.#hasSaid && !this.#isUnsaid) return;
    this.#isConfirmed = true;
    this.#step(this.#now.stack);
  }

  /** A newer word of somebody else becomes a step, unless something of one's own is not saved yet: then saving finds out. */
  received(answer: Answer): void {
    if (answer.revision <= this.#now.revision || this.#now.state !== 'saved') return;
    const theirs = toLabels(answer);
    this.#adopt(answer, sameLabels(theirs, this.labels) ? this.labels : theirs);
  }

  /** Saves now what is not saved; answers how it stands then. */
  async flush(): Promise<SaveState> {
    clearTimeout(this.#timer);
    let isTried = false;
    // Again where something was drawn while it was sent; what failed is tried once.
    while (this.#saving || this.#now.state === 'changed' || (this.#now.state === 'failed' && !isTried)) {
      isTried = true;
      this.#saving ??= this.#save().finally(() => {
        this.#saving = undefined;
      });
      await this.#saving;
    }
    return this.#now.state;
  }

  /** Ends a conflict. */
  async choose(choice: Choice): Promise<SaveState> {
    const { theirs, stack } = this.#now;
    if (!theirs) return this.#now.state;
    this.#saved = theirs;
    this.#isConfirmed = false;
    const next = { both: keepBoth(stack.present, theirs), mine: stack.present, theirs }[choice];
    this.#set({ theirs: undefined, state: 'saved' });
    this.#step(change(stack, next));
    return this.flush();
  }

  get #isUnsaid(): boolean {
    return this.#isConfirmed || this.labels !== this.#saved;
  }

  #isOwnWord(answer: Answer): boolean {
    const own = answer.people.find(({ actorId }) => actorId === this.#me);
    return own !== undefined && sameLabels(toLabels(own), toLabels(answer));
  }

  #adopt(answer: Answer, labels: Labels): void {
    this.#saved = labels;
    this.#hasSaid = this.#isOwnWord(answer);
    const { revision } = answer;
    this.#set({
      stack: change(this.#now.stack, labels),
      revision,
      state: 'saved',
      theirs: undefined,
      error: undefined,
    });
  }

  #step(stack: UndoStack<Labels>): void {
    this.#set({ stack });
    if (this.#now.state === 'conflict' || this.#now.state === 'saving') return;
    clearTimeout(this.#timer);
    this.#set({ state: this.#isUnsaid ? 'changed' : 'saved', error: undefined });
    if (this.#isUnsaid) this.#timer = setTimeout(() => void this.flush(), pauseMs);
  }

  async #save(): Promise<void> {
    const sent = this.labels;
    this.#set({ state: 'saving', error: undefined });
    try {
      this.#taken(sent, await this.#server.save(toWire(sent), this.#now.revision));
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) return this.#set({ state: 'failed', error });
      await this.#meet().catch((problem: unknown) => this.#set({ state: 'failed', error: problem }));
    }
  }

  #taken(sent: Labels, answer: Answer): void {
    this.#isConfirmed = false;
    this.#hasSaid = true;
    this.#saved = sent;
    this.#set({ revision: answer.revision, state: this.labels === sent ? 'saved' : 'changed' });
    this.#onSaved(answer);
  }

  /** Somebody else was faster. */
  async #meet(): Promise<void> {
    const answer = await this.#server.load();
    const theirs = toLabels(answer);
    this.#hasSaid = false;
    this.#set({ revision: answer.revision });
    this.#onSaved(answer);
    if (!sameLabels(theirs, this.labels)) return this.#set({ theirs, state: 'conflict' });
    // Both said the same; it is still one's own word to say.
    this.#set({ state: 'changed' });
  }

  #set(values: Partial<Snapshot>): void {
    this.#now = { ...this.#now, ...values };
    for (const listener of this.#listeners) listener();
  }
}
