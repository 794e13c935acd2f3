import type { Actor, Clock } from '@millwright/kernel';

export interface Present {
  readonly actorId: string;
  readonly actorName: string;
  readonly pictureId: string;
  readonly at: string;
}

/** After so long without a word somebody is taken to have left. */
const staysMs = 30_000;

/** Who is at which picture now, by what they say themselves; held in memory, since it is old within a minute. */
export class Presence {
  readonly #clock: Clock;
  /** By data set, then person. */
  readonly #present = new Map<string, Map<string, Present>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param pictureId null: the person leaves */
  here(actor: Actor, datasetId: string, pictureId: string | null): Present[] {
    const now = this.#clock.now();
    const people = this.#present.get(datasetId) ?? new Map<string, Present>();
    const { id: actorId, name: actorName } = actor;
    people.delete(actorId);
    if (pictureId !== null) people.set(actorId, { actorId, actorName, pictureId, at: now.toISOString() });
    for (const [id, { at }] of people) if (now.getTime() - Date.parse(at) > staysMs) people.delete(id);
    if (people.size > 0) this.#present.set(datasetId, people);
    else this.#present.delete(datasetId);
    return [...people.values()];
  }
}
