import { describe, expect, it } from 'vitest';
import { calibrate, probability } from './calibration.ts';
import { crossValidate } from './cross-validate.ts';
import { groupedFolds } from './folds.ts';
import { learners, scorerOf } from './learners.ts';
import { randomFrom, shuffled } from './random.ts';
import type { Sample } from './sample.ts';

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Two clouds in 8 dimensions, `apart` standard deviations from each other. */
function clouds(count: number, apart: number, seed: number): Sample[] {
  const random = randomFrom(seed);
  return Array.from({ length: 2 * count }, (_, at) => {
    const present = at % 2 === 0;
    return {
      features: Float32Array.from({ length: 8 }, (_, axis) => normal(random) + (axis === 0 && present ? apart : 0)),
      ...{ present, group: String(at) },
    };
  });
}

const accuracy = (samples: readonly Sample[], score: (features: Float32Array) => number) =>
  samples.filter(({ features, present }) => score(features) > 0 === present).length / samples.length;

describe.each(learners)('$name', (learner) => {
  it('tells clouds apart that are apart', () => {
    const score = scorerOf(learner.learn(clouds(30, 5, 1)));
    expect(accuracy(clouds(100, 5, 2), score)).toBeGreaterThan(0.9);
  });

  it('learns the same from the same, and says it in JSON', () => {
    const samples = clouds(10, 2, 3);
    const learnt = learner.learn(samples);
    expect(learner.learn(samples)).toEqual(learnt);
    const again = scorerOf(JSON.parse(JSON.stringify(learnt)));
    const score = scorerOf(learnt);
    for (const { features } of clouds(5, 2, 4)) expect(again(features)).toBe(score(features));
  });

  it('does not favour the class that has more examples, once calibrated', () => {
    const uneven = (seed: number) => clouds(60, 3, seed).filter(({ present }, at) => !present || at < 24);
    const score = scorerOf(learner.learn(uneven(5)));
    const calibration = calibrate(uneven(15).map(({ features, present }) => ({ score: score(features), present })));
    const found = (wanted: boolean) =>
      accuracy(
        clouds(200, 3, 6).filter(({ present }) => present === wanted),
        (features) => probability(calibration, score(features)) - 0.5,
      );
    expect(Math.abs(found(true) - found(false))).toBeLessThan(0.2);
  });
});

it('a kernel tells a ring from its middle, which no line can', () => {
  const random = randomFrom(7);
  const ring = (count: number): Sample[] =>
    Array.from({ length: count }, (_, at) => {
      const [present, angle] = [at % 2 === 0, 2 * Math.PI * random()];
      const radius = (present ? 1 : 0.2) + 0.1 * random();
      return {
        features: Float32Array.of(radius * Math.cos(angle), radius * Math.sin(angle)),
        ...{ present, group: String(at) },
      };
    });
  const [taught, tried] = [ring(40), ring(100)];
  const kernel = learners.find(({ name }) => name.startsWith('kernel'))!;
  expect(accuracy(tried, scorerOf(kernel.learn(taught)))).toBeGreaterThan(0.95);
});

describe('groupedFolds', () => {
  it('keeps groups whole and puts both classes into each fold', () => {
    const samples = clouds(20, 1, 8).map((sample, at) => ({ ...sample, group: `g${Math.floor(at / 4)}` }));
    const folds = groupedFolds(samples, 5, randomFrom(1));
    expect(folds.flat().sort((a, b) => a - b)).toEqual(samples.map((_, at) => at));
    for (const fold of folds) {
      const groups = new Set(fold.map((index) => samples[index]!.group));
      for (const [index, { group }] of samples.entries())
        expect(fold.includes(index)).toBe(groups.has(group) && fold.includes(index));
      for (const group of groups)
        expect(samples.every((sample, index) => sample.group !== group || fold.includes(index))).toBe(true);
      expect(new Set(fold.map((index) => samples[index]!.present)).size).toBe(2);
    }
  });

  it('makes none where a class has only one group', () => {
    const samples = clouds(5, 1, 9).map((sample) => ({ ...sample, group: sample.present ? 'one' : sample.group }));
    expect(groupedFolds(samples, 5, randomFrom(1))).toEqual([]);
  });
});

describe('calibrate', () => {
  it('gives probabilities that hold', () => {
    const random = randomFrom(10);
    const scored = Array.from({ length: 4000 }, () => {
      const score = 6 * random() - 3;
      return { score, present: random() < 1 / (1 + Math.exp(-(1.5 * score))) };
    });
    const calibration = calibrate(scored);
    for (const score of [-2, -0.5, 0, 1, 2])
      expect(probability(calibration, score)).toBeCloseTo(1 / (1 + Math.exp(-1.5 * score)), 1);
  });

  it('claims no certainty from a few scores, and does not turn a score around', () => {
    const few = [-1, -0.9, 1, 1.1].map((score) => ({ score, present: score > 0 }));
    expect(probability(calibrate(few), 1)).toBeLessThan(0.95);
    const wrong = calibrate(few.map(({ score, present }) => ({ score, present: !present })));
    expect(wrong.slope).toBeLessThan(0.1);
  });
});

describe('crossValidate', () => {
  const options = { seed: 1, repeats: 3, folds: 5 };

  it('states what holds on new examples', () => {
    const samples = clouds(30, 2, 11);
    const stated = crossValidate(samples, options)!;
    const scorer = scorerOf(learners[1]!.learn(samples));
    const held = accuracy(clouds(1000, 2, 12), scorer);
    expect(stated.interval.low).toBeLessThan(held);
    expect(stated.interval.high).toBeGreaterThan(held);
    const { presentAsPresent, presentAsAbsent, absentAsAbsent, absentAsPresent } = stated.confusion;
    expect(presentAsPresent + presentAsAbsent).toBeCloseTo(30, 6);
    expect(absentAsAbsent + absentAsPresent).toBeCloseTo(30, 6);
  });

  it('states no better than guessing where there is nothing to learn', () => {
    const noise = clouds(30, 0, 13);
    const { balancedAccuracy } = crossValidate(noise, options)!;
    expect(balancedAccuracy).toBeGreaterThan(0.25);
    expect(balancedAccuracy).toBeLessThan(0.7);
  });

  it('is not fooled by copies of one look when they are one group', () => {
    // Ten looks at each of six people; whether present is a coin's toss, so that nothing but the person can be learnt.
    const people = clouds(3, 0, 14);
    const random = randomFrom(15);
    const looks = people.flatMap(({ features, present }, person) =>
      Array.from({ length: 10 }, () => ({
        features: features.map((value) => value + 0.05 * normal(random)),
        ...{ present, group: String(person) },
      })),
    );
    const grouped = crossValidate(looks, options)!;
    const loose = crossValidate(
      looks.map((look, at) => ({ ...look, group: String(at) })),
      options,
    )!;
    expect(loose.accuracy).toBeGreaterThan(0.95);
    expect(grouped.accuracy).toBeLessThan(0.8);
  });
});

it('random order follows from the seed', () => {
  const items = Array.from({ length: 20 }, (_, at) => at);
  expect(shuffled(items, randomFrom(1))).toEqual(shuffled(items, randomFrom(1)));
  expect(shuffled(items, randomFrom(1))).not.toEqual(shuffled(items, randomFrom(2)));
  expect([...shuffled(items, randomFrom(3))].sort((a, b) => a - b)).toEqual(items);
});
