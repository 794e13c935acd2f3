import { intersectionOverUnion } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import { isInside } from '../geometry/polygon.ts';
import type { Box, Observation } from '../observation.ts';
import { type DrawnPoint, toPoints } from './common-settings.ts';
import type { Doubt, Finding, Rule } from './rule.ts';

type Region = NonNullable<Observation['regions']>[number];

export interface RegionRuleOptions {
  readonly region: Region['kind'];
  readonly zone?: readonly DrawnPoint[] | undefined;
  readonly dwell: number;
  readonly minimumScore: number;
  readonly doubts: readonly Doubt[];
}

/** A region that was seen; regions have no numbers, so they are known again by where they are. */
interface Known {
  box: Box;
  last: number;
  told: boolean;
}

const same = 0.2;
const forgetMs = 10_000;
/** More regions at once than anyone could look at are noise. */
const most = 100;

/** A rule about parts of the picture that other means than the detector have found. */
export class RegionRule implements Rule {
  readonly #options: RegionRuleOptions;
  readonly #zone: readonly Point[] | undefined;
  #known: Known[] = [];

  constructor(options: RegionRuleOptions) {
    this.#options = options;
    this.#zone = options.zone && toPoints(options.zone);
  }

  observe(observation: Observation): Finding[] {
    const { time } = observation;
    this.#known = this.#known.filter(({ last }) => time - last <= forgetMs);
    return (observation.regions ?? []).flatMap((region) => this.#look(region, observation));
  }

  finish(): Finding[] {
    this.#known = [];
    return [];
  }

  remembered(): number {
    return this.#known.length;
  }

  #look({ kind, box, score, since }: Region, { time: at, width, height }: Observation): Finding[] {
    const { region, minimumScore, dwell, doubts } = this.#options;
    if (kind !== region || score < minimumScore) return [];
    const position = { x: (box.x + box.width / 2) / width, y: (box.y + box.height / 2) / height };
    if (this.#zone && !isInside(position, this.#zone)) return [];
    let known = this.#known.find((one) => intersectionOverUnion(one.box, box) >= same);
    if (!known) {
      if (this.#known.length >= most) return [];
      known = { box, last: at, told: false };
      this.#known.push(known);
    }
    Object.assign(known, { box, last: at });
    const seconds = (at - since) / 1000;
    if (known.told || seconds < dwell) return [];
    known.told = true;
    return [{ at, since, tracks: [], position, box, values: { score, seconds }, doubts }];
  }
}
