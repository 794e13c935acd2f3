import { Judge, leastConfidence, randomFrom, shuffled, teach } from '@millwright/matrixvision';
import type { Head } from './find-heads.ts';

export interface Trial {
  readonly balancedAccuracy: number;
  readonly accuracy: number;
  /** Of people said to be without a hard hat, those who are; and of those without, those said to be. */
  readonly violationPrecision: number;
  readonly violationRecall: number;
  /** Share of people on whom it decides, and its accuracy there. */
  readonly decided: number;
  readonly accuracyWhenDecided: number;
  /** Balanced accuracy that teaching itself stated, by cross-validation among its examples. */
  readonly stated: number;
}

/** Taken of one picture at most, of each class: who teaches clicks different scenes. */
const mostOfOnePicture = 2;

/** Teaches with `count` examples of each class, drawn picture by picture, and tries on all people of the other pictures. */
export function runTrial(heads: readonly Head[], count: number, seed: number): Trial {
  const random = randomFrom(1000 * seed + count);
  const taken: Head[] = [];
  const used = new Set<string>();
  const held = { true: 0, false: 0 };
  for (const group of shuffled([...new Set(heads.map((head) => head.group))], random)) {
    if (held.true >= count && held.false >= count) break;
    const here = { true: 0, false: 0 };
    for (const head of shuffled(
      heads.filter((one) => one.group === group),
      random,
    )) {
      const side = `${head.present}` as const;
      if (here[side] >= mostOfOnePicture || held[side] >= count) continue;
      here[side] += 1;
      held[side] += 1;
      taken.push(head);
      used.add(group);
    }
  }
  const taught = teach({ name: 'hard hat', part: 'head', examples: taken, seed });
  const judge = new Judge(taught.model);
  const tried = heads
    .filter(({ group }) => !used.has(group))
    .map(({ present, patch }) => ({ present, probability: judge.ofPatch(patch) }));
  const share = (of: typeof tried, right: (one: (typeof tried)[number]) => boolean) =>
    of.length === 0 ? Number.NaN : of.filter(right).length / of.length;
  const isRight = ({ present, probability }: (typeof tried)[number]) => probability > 0.5 === present;
  const without = tried.filter(({ present }) => !present);
  const decided = tried.filter(({ probability }) => Math.max(probability, 1 - probability) >= leastConfidence);
  return {
    balancedAccuracy:
      (share(
        tried.filter(({ present }) => present),
        isRight,
      ) +
        share(without, isRight)) /
      2,
    accuracy: share(tried, isRight),
    violationPrecision: share(
      tried.filter(({ probability }) => probability <= 0.5),
      ({ present }) => !present,
    ),
    violationRecall: share(without, ({ probability }) => probability <= 0.5),
    decided: decided.length / tried.length,
    accuracyWhenDecided: share(decided, isRight),
    stated: taught.validation?.balancedAccuracy ?? Number.NaN,
  };
}
