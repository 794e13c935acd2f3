import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  EdgeApplied,
  EdgeContext,
  EdgeDesired,
  EdgeDocument,
  EdgePart,
  EdgePartReport,
  EdgeRefused,
  RunningEdgePart,
} from '@millwright/cloud';
import { type FieldOverride, withOverrides } from '@millwright/cloud/edge';
import type { Clock, Logger } from '@millwright/kernel';
import { documentHash } from './box-files.ts';
import { agentErrors } from './errors.ts';
import { readJson, removeFile, writeWhole } from './files.ts';

/** A part that takes longer than this to come into effect does not any more. */
const applyTimeoutMs = 5 * 60_000;
/** After a failure that left the part without any document. */
const tryAgainMs = 60_000;
/** So long after a part refused something of a document it is asked again: a box may have had no memory for it just then. */
const refusedAgainMs = 10 * 60_000;
/** How often a document may end the agent before it is left alone. */
const mostCrashes = 3;

type Wanted = EdgeDesired['parts'][string];

interface InEffect {
  readonly revision: number;
  readonly since: number;
  readonly wanted: EdgeDocument;
  /** With the box's own fields in it. */
  readonly asked: EdgeDocument;
  /** The same but for what was refused. */
  readonly document: EdgeDocument;
  readonly refused: readonly EdgeRefused[];
  readonly appliedAt: number;
  /** Hashes of the files that it names. */
  readonly files: readonly string[];
}

/** What was in effect last and worked, to be gone back to. */
interface Good {
  readonly revision: number;
  readonly document: EdgeDocument;
  readonly files: readonly string[];
  readonly refused?: readonly EdgeRefused[];
}

interface Attempt {
  readonly revision: number;
  readonly times: number;
}

export type PartContext = Omit<EdgeContext, 'folder' | 'signal' | 'logger' | 'clock'>;

/** Runs one part: starts it, brings documents into effect, goes back to the last good one when that fails. */
export class PartRunner {
  readonly name: string;
  readonly boxFields: readonly string[];
  #part: EdgePart;
  #folder: string;
  #logger: Logger;
  #clock: Clock;
  #context: PartContext;
  #running: { readonly part: RunningEdgePart; readonly stop: AbortController } | undefined;
  #inEffect: InEffect | undefined;
  #error: { revision: number; message: string; at: number } | null = null;
  /** Something that was refused may go now. */
  #again = false;
  /** Hashes of documents that the server has, so that each is told once. */
  #told = '';

  constructor(part: EdgePart, options: { folder: string; logger: Logger; clock: Clock; context: PartContext }) {
    this.name = part.name;
    this.boxFields = part.boxFields;
    this.#part = part;
    this.#folder = join(options.folder, 'parts', part.name);
    this.#logger = options.logger.child({ part: part.name });
    this.#clock = options.clock;
    this.#context = options.context;
  }

  /** Whether something else is wanted than was tried last. */
  needs(revision: number, wanted: Wanted, overrides: readonly FieldOverride[]): boolean {
    // What failed is tried again only where nothing else runs instead: a camera must not stop every minute for it.
    if (this.#error?.revision === revision)
      return !this.#inEffect && this.#clock.now().getTime() - this.#error.at > tryAgainMs;
    if (this.#inEffect?.revision !== revision || this.#isDueAgain()) return true;
    return documentHash(withOverrides(wanted.document, overrides)) !== documentHash(this.#inEffect.asked);
  }

  /** Something that the document names and that was not there has come. */
  again(): void {
    this.#again = true;
  }

  #isDueAgain(): boolean {
    const { refused, appliedAt } = this.#inEffect!;
    if (refused.length === 0) return false;
    return this.#again || this.#clock.now().getTime() - appliedAt > refusedAgainMs;
  }

  /** Never rejects: what goes wrong is in the report, and the last good document is in effect again. */
  async bring(revision: number, wanted: Wanted, overrides: readonly FieldOverride[]): Promise<void> {
    const before = this.#inEffect;
    if (
      before &&
      !this.#error &&
      !this.#isDueAgain() &&
      documentHash(before.asked) === documentHash(withOverrides(wanted.document, overrides))
    ) {
      // Another part’s news. Nothing here is touched.
      this.#inEffect = { ...before, revision, wanted: wanted.document, files: hashesOf(wanted) };
      return;
    }
    try {
      await this.#begin(revision);
      this.#again = false;
      const next: Good = { revision, document: wanted.document, files: hashesOf(wanted) };
      await this.#apply(next, overrides);
      this.#error = null;
      const { refused = [] } = this.#inEffect ?? {};
      await writeWhole(this.#path('good.json'), JSON.stringify({ ...next, refused } satisfies Good));
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
      this.#error = { revision, message, at: this.#clock.now().getTime() };
      this.#logger.error({ err: error, revision }, 'a desired document was not brought into effect');
      await this.#goBack(before, overrides);
    } finally {
      await removeFile(this.#path('attempt.json'));
    }
  }

  /** Undefined: the part does not run, or does not know the question. */
  async asked(what: string, input: unknown): Promise<unknown> {
    return this.#running?.part.asked?.(what, input);
  }

  /** Ends the part, as when the server wants nothing of it any more. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#inEffect = undefined;
    running?.stop.abort();
    await running?.part
      .stop()
      .catch((error: unknown) => this.#logger.error({ err: error }, 'a part did not stop as it should'));
  }

  /** Files of what is in effect: still needed where a newer document was rejected. */
  get files(): readonly string[] {
    return this.#inEffect?.files ?? [];
  }

  report(): EdgePartReport {
    const document = this.#inEffect?.document ?? {};
    const hash = documentHash(document);
    return {
      revision: this.#inEffect?.revision ?? 0,
      since: this.#inEffect?.since ?? null,
      ...(hash !== this.#told && { document: { ...document } }),
      documentHash: hash,
      ...(this.#inEffect && this.#inEffect.refused.length > 0 && { refused: [...this.#inEffect.refused] }),
      error: this.#error && { revision: this.#error.revision, message: this.#error.message },
      figures: this.#figures(),
    };
  }

  /** The server took a report; it has the document of that hash unless it asks for it. */
  told(hash: string, isWanted: boolean): void {
    this.#told = isWanted ? '' : hash;
  }

  #figures(): Record<string, unknown> {
    try {
      return { ...this.#running?.part.report() };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Counts the attempt before it is made: a document that kills the process must not do so for ever. */
  async #begin(revision: number): Promise<void> {
    const last = await readJson<Attempt>(this.#path('attempt.json'));
    const times = last?.revision === revision ? last.times : 0;
    if (times >= mostCrashes) throw agentErrors.EDGE_PART_CRASHES({ part: this.name, times });
    await mkdir(this.#folder, { recursive: true });
    await writeWhole(this.#path('attempt.json'), JSON.stringify({ revision, times: times + 1 }));
  }

  async #apply(next: Good, overrides: readonly FieldOverride[]): Promise<void> {
    const { revision, document: wanted, files = [] } = next;
    const asked = withOverrides(wanted, overrides);
    this.#running ??= await this.#start();
    const applied = await within(applyTimeoutMs, this.#running.part.apply(asked), () =>
      agentErrors.EDGE_APPLY_TIMEOUT({ part: this.name, minutes: applyTimeoutMs / 60_000 }),
    );
    const appliedAt = this.#clock.now().getTime();
    const since = this.#inEffect?.revision === revision ? this.#inEffect.since : appliedAt;
    const refused = await this.#refusedOf(applied, revision);
    const document = applied?.document ?? asked;
    this.#inEffect = { revision, since, wanted, asked, document, refused, appliedAt, files };
    if (refused.length === 0) return this.#logger.info({ revision }, 'in effect');
    const why = refused.map(({ reason }) => reason.text);
    this.#logger.error({ revision, refused: why }, 'in effect but for what was refused');
  }

  /** What was refused of an earlier revision, also before a restart, is no news of this one. */
  async #refusedOf(applied: EdgeApplied | undefined, revision: number): Promise<EdgeRefused[]> {
    if (!applied || applied.refused.length === 0) return [];
    const known = this.#inEffect?.refused ?? (await readJson<Good>(this.#path('good.json')))?.refused ?? [];
    return applied.refused.map(({ path, subject, reason }) => {
      const before = known.find((one) => one.subject === subject && one.path.join('/') === path.join('/'));
      return { path: [...path], subject, reason, revision: before?.revision ?? revision };
    });
  }

  async #goBack(before: InEffect | undefined, overrides: readonly FieldOverride[]): Promise<void> {
    const good: Good | undefined = before
      ? { revision: before.revision, document: before.wanted, files: before.files }
      : await readJson<Good>(this.#path('good.json'));
    if (!good) return;
    try {
      await this.#apply(good, overrides);
    } catch (error) {
      this.#logger.error({ err: error, revision: good.revision }, 'the document before does not go either');
      await this.stop();
    }
  }

  async #start(): Promise<{ part: RunningEdgePart; stop: AbortController }> {
    const stop = new AbortController();
    const folder = join(this.#folder, 'own');
    await mkdir(folder, { recursive: true });
    const part = await this.#part.start({
      ...this.#context,
      ...{ folder, logger: this.#logger, clock: this.#clock, signal: stop.signal },
    });
    return { part, stop };
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

const hashesOf = ({ blobs }: Wanted): string[] => blobs.map(({ sha256 }) => sha256);

async function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
