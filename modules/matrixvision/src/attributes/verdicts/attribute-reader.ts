import type { Size } from '../../geometry/box.ts';
import type { Box, TrackedObject } from '../../observation.ts';
import type { Pixels } from '../features/pixels.ts';
import type { BodyPart, PartRegion } from '../parts/body-part.ts';
import { viewPart } from '../parts/view-part.ts';
import type { AttributeModel } from '../teaching/attribute-model.ts';
import { Judge } from './judge.ts';
import { TrackVotes, type VoteOptions } from './track-votes.ts';

/** A part of a frame that is wanted in colour, as media's ViewSpec. */
export interface WantedView extends Size {
  readonly format: 'rgb24';
  readonly fit: 'stretch';
  readonly region: Box;
}

/** What the reader needs of a frame; a `VideoFrame` of media has it. */
export interface ReadableFrame extends Size {
  readonly time: number;
  views(specs: readonly WantedView[]): Promise<readonly Pixels[]>;
}

export interface ReaderOptions {
  /** Between two looks at one person, in milliseconds. */
  readonly everyMs: number;
  /** People looked at in one frame at most, those not looked at for longest first. */
  readonly mostPeople: number;
  readonly votes: Partial<VoteOptions>;
}

export const readerDefaults: ReaderOptions = { everyMs: 400, mostPeople: 8, votes: {} };

/** Side of the view of a part in pixels: twice a patch's, since a turned part fills only some of it. */
const viewSide = 96;
const forgetMs = 60_000;

interface Known {
  lookedAt: number;
  seenAt: number;
  readonly votes: Map<string, TrackVotes>;
}

/**
 * Tells the taught attributes of the people in a camera's picture: looks at each now and then, only where a detection was
 * matched (a predicted box may lie beside the person), and lets the looks vote. Of parts needed by several attributes one
 * view is taken.
 */
export class AttributeReader {
  readonly #judges: readonly Judge[];
  readonly #options: ReaderOptions;
  readonly #people = new Map<number, Known>();

  constructor(models: readonly AttributeModel[], options: Partial<ReaderOptions> = {}) {
    this.#judges = models.map((model) => new Judge(model));
    this.#options = { ...readerDefaults, ...options };
  }

  /** Whether it reads exactly these already. */
  reads(models: readonly AttributeModel[]): boolean {
    return JSON.stringify(models) === JSON.stringify(this.#judges.map(({ model }) => model));
  }

  /** The objects with what is held of their attributes. Frames in the order of their times. */
  async read(frame: ReadableFrame, objects: readonly TrackedObject[]): Promise<readonly TrackedObject[]> {
    if (this.#judges.length === 0) return objects;
    const people = objects.filter(({ label }) => label === 'person');
    const looks = this.#due(people, frame.time).flatMap((person) => this.#looksAt(person, people, frame));
    if (looks.length > 0) await this.#look(frame, looks);
    this.#forget(frame.time);
    return objects.map((object) => {
      const known = object.label === 'person' ? this.#people.get(object.track) : undefined;
      if (!known) return object;
      const held = this.#judges.map(({ model: { name } }) => [name, known.votes.get(name)?.at(frame.time)]);
      return { ...object, attributes: Object.fromEntries(held) };
    });
  }

  #due(people: readonly TrackedObject[], time: number): TrackedObject[] {
    const due = people.filter((person) => {
      const known = this.#people.get(person.track) ?? {
        lookedAt: Number.NEGATIVE_INFINITY,
        seenAt: time,
        votes: new Map(),
      };
      this.#people.set(person.track, known);
      known.seenAt = time;
      return person.state === 'seen' && time - known.lookedAt >= this.#options.everyMs;
    });
    const longest = (person: TrackedObject) => this.#people.get(person.track)!.lookedAt;
    return due.sort((a, b) => longest(a) - longest(b)).slice(0, this.#options.mostPeople);
  }

  #looksAt(person: TrackedObject, people: readonly TrackedObject[], frame: ReadableFrame): Look[] {
    this.#people.get(person.track)!.lookedAt = frame.time;
    const others = people.filter(({ track }) => track !== person.track).map(({ box }) => box);
    const parts = [...new Set(this.#judges.map(({ model: { part } }) => part))];
    return parts.flatMap((part) =>
      viewPart(part, person, frame, others).regions.map((region) => ({ track: person.track, part, region })),
    );
  }

  async #look(frame: ReadableFrame, looks: readonly Look[]): Promise<void> {
    const views = await frame.views(looks.map(({ region }) => viewOf(region, frame)));
    const byPart = new Map<string, { track: number; part: BodyPart; seen: { pixels: Pixels; region: PartRegion }[] }>();
    for (const [at, { track, part, region }] of looks.entries()) {
      const key = `${track} ${part}`;
      const entry = byPart.get(key) ?? { track, part, seen: [] };
      entry.seen.push({ pixels: views[at]!, region });
      byPart.set(key, entry);
    }
    for (const { track, part, seen } of byPart.values())
      for (const judge of this.#judges) {
        if (judge.model.part !== part) continue;
        // Of two hands the one that speaks most against it counts, since both need their glove.
        const probability = Math.min(...seen.map(({ pixels, region }) => judge.ofRegion(pixels, region)));
        this.#votesOf(track, judge.model.name).add(frame.time, probability);
      }
  }

  #votesOf(track: number, name: string): TrackVotes {
    const { votes } = this.#people.get(track)!;
    const held = votes.get(name) ?? new TrackVotes(this.#options.votes);
    votes.set(name, held);
    return held;
  }

  #forget(time: number): void {
    for (const [track, { seenAt }] of this.#people) if (time - seenAt > forgetMs) this.#people.delete(track);
  }
}

interface Look {
  readonly track: number;
  readonly part: BodyPart;
  readonly region: PartRegion;
}

/** The upright rectangle around a turned one, within the picture. */
function viewOf({ x, y, width, height, angle }: PartRegion, frame: Size): WantedView {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [across, down] = [width * cos + height * sin, width * sin + height * cos];
  const left = Math.max(0, Math.floor(x - across / 2));
  const top = Math.max(0, Math.floor(y - down / 2));
  const right = Math.min(frame.width, Math.ceil(x + across / 2));
  const bottom = Math.min(frame.height, Math.ceil(y + down / 2));
  return {
    ...{ width: viewSide, height: viewSide, format: 'rgb24', fit: 'stretch' },
    region: { x: left, y: top, width: Math.max(2, right - left), height: Math.max(2, bottom - top) },
  };
}
