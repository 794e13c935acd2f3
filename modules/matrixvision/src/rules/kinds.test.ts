import { describe, expect, it } from 'vitest';
import type { Observation } from '../observation.ts';
import { runRule } from '../test-support/run-rules.ts';
import { observationsOf, picture, straight, type Walk } from '../test-support/walk.ts';

const stand = (x: number, y: number, count: number) => straight([x, y], [x, y], count);
const run = (rule: object, walks: Walk[], more: object = {}) => runRule(rule, observationsOf(walks), more);

/** One metre is a tenth of the picture, both ways: ten metres by ten. */
const calibration = {
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ].map(([x, y]) => ({ picture: [x, y], ground: [x! * 10, y! * 10] })),
};

describe('zones', () => {
  const zone = [
    [0.4, 0.4],
    [0.6, 0.4],
    [0.6, 0.6],
    [0.4, 0.6],
  ];

  it('are entered by the foot, once for each stay, however the box trembles at the border', () => {
    const trembling = Array.from({ length: 40 }, (_, index) => [index % 2 ? 0.405 : 0.395, 0.5] as [number, number]);
    const { events, counts } = run({ kind: 'zone-entry', zone, cooldown: 0 }, [
      { path: [...straight([0.1, 0.5], [0.4, 0.5], 10), ...trembling] },
    ]);
    expect(events).toHaveLength(1);
    expect(counts).toEqual({ entries: 1 });
    const head = run({ kind: 'zone-entry', zone, anchor: 'head' }, [{ path: stand(0.5, 0.65, 5) }]);
    expect(head.events).toMatchObject([{ at: 0, position: { x: 0.5, y: 0.55 } }]);
    expect(run({ kind: 'zone-entry', zone }, [{ path: stand(0.5, 0.65, 5) }]).events).toEqual([]);
  });

  it('are entered after the dwell, and again after being left', () => {
    const [inside, outside] = [stand(0.5, 0.5, 30), stand(0.1, 0.5, 40)];
    const path = [...outside, ...inside, ...outside, ...inside];
    const { events } = run({ kind: 'zone-entry', zone, dwell: 2, cooldown: 0 }, [{ path }]);
    expect(events.map(({ since, at }) => [since, at])).toEqual([
      [4000, 6000],
      [11_000, 13_000],
    ]);
  });

  it('are a post that was left from the dwell on, once, until somebody is there again', () => {
    const path = [...stand(0.5, 0.5, 20), ...stand(0.1, 0.5, 50), ...stand(0.5, 0.5, 10), ...stand(0.1, 0.5, 50)];
    const { events } = run({ kind: 'zone-absence', zone, dwell: 3, cooldown: 0 }, [{ path }]);
    expect(events.map(({ since, at }) => [since, at])).toEqual([
      [2000, 5000],
      [8000, 11_000],
    ]);
  });

  it('are loitered in over short ways out', () => {
    const path = [...stand(0.5, 0.5, 50), ...stand(0.1, 0.5, 30), ...stand(0.5, 0.5, 50)];
    expect(run({ kind: 'loitering', zone, dwell: 10 }, [{ path }]).events).toMatchObject([{ since: 0, at: 10_000 }]);
    expect(run({ kind: 'loitering', zone, dwell: 10, grace: 2 }, [{ path }]).events).toEqual([]);
  });
});

describe('occupancy', () => {
  const people = (places: [number, number][]) =>
    places.map(([x, y], index) => ({ track: index + 1, path: stand(x, y, 40) }));
  it('is over the limit with one more than it', () => {
    const three = people([
      [0.2, 0.5],
      [0.5, 0.5],
      [0.8, 0.5],
    ]);
    expect(run({ kind: 'occupancy', limit: 3 }, three).events).toEqual([]);
    const { events, counts } = run({ kind: 'occupancy', limit: 2 }, three);
    expect(events).toMatchObject([{ since: 0, at: 3000, tracks: [1, 2, 3], values: { there: 3, limit: 2 } }]);
    expect(counts).toEqual({ now: 3, most: 3 });
  });

  it('is a crowd by body heights, or by metres where the picture is calibrated', () => {
    const rule = { kind: 'occupancy', crowd: { people: 3, radius: 1 } };
    // Heights are 100 pixels, a tenth of the picture.
    expect(
      run(
        rule,
        people([
          [0.45, 0.5],
          [0.5, 0.5],
          [0.55, 0.5],
        ]),
      ).events,
    ).toMatchObject([{ values: { together: 3 } }]);
    expect(
      run(
        rule,
        people([
          [0.35, 0.5],
          [0.5, 0.5],
          [0.65, 0.5],
        ]),
      ).events,
    ).toEqual([]);
    const wide = { kind: 'occupancy', crowd: { people: 3, radius: 2 } };
    expect(
      run(
        wide,
        people([
          [0.35, 0.5],
          [0.5, 0.5],
          [0.65, 0.5],
        ]),
        { calibration },
      ).events,
    ).toHaveLength(1);
    expect(
      run(
        wide,
        people([
          [0.25, 0.5],
          [0.5, 0.5],
          [0.75, 0.5],
        ]),
        { calibration },
      ).events,
    ).toEqual([]);
  });

  it('is a density on the square metres of the zone', () => {
    const zone = [
      [0.2, 0.2],
      [0.4, 0.2],
      [0.4, 0.4],
      [0.2, 0.4],
    ];
    const two = people([
      [0.25, 0.3],
      [0.35, 0.3],
    ]);
    // Two in two metres by two.
    expect(run({ kind: 'occupancy', zone, density: 0.49 }, two, { calibration }).events).toMatchObject([
      { values: { perSquareMetre: 0.5 } },
    ]);
    expect(run({ kind: 'occupancy', zone, density: 0.51 }, two, { calibration }).events).toEqual([]);
    expect(() => run({ kind: 'occupancy', zone, density: 1 }, two)).toThrow(
      'speaks of metres, which needs the calibration',
    );
    expect(() => run({ kind: 'occupancy', density: 1 }, two, { calibration })).toThrow(
      'is of a zone, which is missing',
    );
    expect(() => run({ kind: 'occupancy' }, two)).toThrow('needs a limit, a density or a crowd');
  });
});

describe('motion', () => {
  it('is running from a speed on, in body heights or in metres', () => {
    // 0.5 of the picture are 5 body heights, in 2.5 s and in 5 s.
    const [fast, slow] = [straight([0.2, 0.5], [0.7, 0.5], 26), straight([0.2, 0.5], [0.7, 0.5], 51)];
    const [event] = run({ kind: 'running' }, [{ path: fast }]).events;
    expect(event!.values.bodyHeightsPerSecond).toBeCloseTo(2, 6);
    expect(run({ kind: 'running' }, [{ path: slow }]).events).toEqual([]);
    const [metric] = run({ kind: 'running', metresPerSecond: 1.9 }, [{ path: fast }], { calibration }).events;
    expect(metric!.values.metresPerSecond).toBeCloseTo(2, 6);
    expect(run({ kind: 'running', metresPerSecond: 2.1 }, [{ path: fast }], { calibration }).events).toEqual([]);
    expect(() => run({ kind: 'running', metresPerSecond: 2 }, [])).toThrow('speaks of metres');
  });

  it('is not made by a box that trembles', () => {
    const path = Array.from({ length: 60 }, (_, index) => [0.5 + (index % 2) * 0.03, 0.5] as [number, number]);
    expect(run({ kind: 'running' }, [{ path }]).events).toEqual([]);
    expect(
      run(
        {
          kind: 'wrong-way',
          direction: [
            [0, 0.5],
            [1, 0.5],
          ],
        },
        [{ path }],
      ).events,
    ).toEqual([]);
  });

  it('is the wrong way within the tolerance of the opposite direction', () => {
    const rule = {
      kind: 'wrong-way',
      direction: [
        [0.1, 0.5],
        [0.9, 0.5],
      ],
      tolerance: 45,
    };
    const degrees = (path: [number, number][]) => run(rule, [{ path }]).events.map(({ values }) => values.degrees);
    expect(degrees(straight([0.8, 0.5], [0.2, 0.5], 60))).toEqual([180]);
    expect(degrees(straight([0.8, 0.3], [0.3, 0.7], 60))).toEqual([141]);
    expect(degrees(straight([0.5, 0.2], [0.5, 0.9], 60))).toEqual([]);
    expect(degrees(straight([0.2, 0.5], [0.8, 0.5], 60))).toEqual([]);
  });

  it('ends where a vehicle stands, and begins anew when it drives on', () => {
    const drive = straight([0.1, 0.5], [0.5, 0.5], 40);
    const path = [...drive, ...stand(0.5, 0.5, 250)];
    const [event, ...others] = run({ kind: 'stopped-vehicle', dwell: 20 }, [{ path, label: 'truck' }]).events;
    expect(others).toEqual([]);
    // It stands from 4 s on; the last way it made is out of sight 3 s later.
    expect(event!.at).toBeGreaterThan(24_000 - 1);
    expect(event!.at).toBeLessThanOrEqual(27_100);
    expect(
      run({ kind: 'stopped-vehicle', dwell: 20 }, [{ path: straight([0.1, 0.5], [0.9, 0.5], 300), label: 'truck' }])
        .events,
    ).toEqual([]);
    expect(run({ kind: 'stopped-vehicle', dwell: 20 }, [{ path, label: 'person' }]).events).toEqual([]);
  });
});

describe('people', () => {
  type Places = Record<number, [number, number]>;
  const pose = (places: Places) =>
    Array.from({ length: 17 }, (_, index) => ({
      x: places[index]?.[0] ?? 0,
      y: places[index]?.[1] ?? 0,
      score: places[index] ? 0.9 : 0,
    }));
  const down = (places: Places | undefined, more: Walk['more'] = {}) =>
    run({ kind: 'person-down' }, [
      { path: stand(0.5, 0.5, 50), more: { ...more, ...(places && { keypoints: pose(places) }) } },
    ]).events;

  it('lie by their pose; they do not when they bend down or sit', () => {
    const shoulders = (x: number, y: number): Places => ({ 5: [x, y], 6: [x, y] });
    const hips = (x: number, y: number): Places => ({ 11: [x, y], 12: [x, y] });
    const ankles = (x: number, y: number): Places => ({ 15: [x, y], 16: [x, y] });
    expect(down({ ...shoulders(400, 500), ...hips(460, 505), ...ankles(540, 510) })).toMatchObject([
      { confirmed: true, values: { by: 'pose' }, at: 3000 },
    ]);
    expect(down({ ...shoulders(500, 400), ...hips(500, 460), ...ankles(500, 540) })).toEqual([]);
    expect(down({ ...shoulders(440, 460), ...hips(500, 465), ...ankles(500, 540) })).toEqual([]);
    expect(down({ ...shoulders(500, 400), ...hips(500, 460), ...ankles(560, 465) })).toEqual([]);
    expect(down(shoulders(400, 500))).toEqual([]);
  });

  it('lie by the shape of the box, unconfirmed, where no pose is known', () => {
    const box = { x: 400, y: 460, width: 100, height: 40 };
    expect(down(undefined, { box })).toMatchObject([
      { confirmed: false, doubts: ['box-shape'], values: { by: 'box-shape' } },
    ]);
    expect(down(undefined)).toEqual([]);
  });

  it('are too close to a vehicle only while it moves', () => {
    const person = { track: 1, path: stand(0.5, 0.5, 60) };
    const forklift = (path: [number, number][]) => ({ track: 2, label: 'forklift', path });
    const passing = straight([0.2, 0.5], [0.8, 0.5], 60);
    const { events } = run({ kind: 'near-moving-vehicle' }, [person, forklift(passing)]);
    expect(events).toMatchObject([{ tracks: [1, 2], label: 'person' }]);
    expect(events[0]!.values.bodyHeights).toBeLessThanOrEqual(1);
    expect(run({ kind: 'near-moving-vehicle' }, [person, forklift(stand(0.52, 0.5, 60))]).events).toEqual([]);
    expect(
      run({ kind: 'near-moving-vehicle' }, [person, forklift(straight([0.2, 0.8], [0.8, 0.8], 60))]).events,
    ).toEqual([]);
    const metric = run({ kind: 'near-moving-vehicle', metres: 0.5 }, [person, forklift(passing)], { calibration });
    expect(metric.events[0]!.values.metres).toBeLessThanOrEqual(0.5);
  });

  it('are not too close to the vehicle that they drive or ride, but to another one', () => {
    const way = straight([0.2, 0.5], [0.8, 0.5], 60);
    const big = (x: number, y: number) => ({ x: x * 1000 - 75, y: y * 1000 - 150, width: 150, height: 150 });
    const ride = (places: [number, number][], track: number, label: string) =>
      places.map(([x, y]) => ({
        ...{ track, label, score: 0.9, state: 'seen' as const, rejoined: false },
        box: label === 'person' ? { x: x * 1000 - 20, y: y * 1000 - 130, width: 40, height: 110 } : big(x, y),
      }));
    const told = (...things: ReturnType<typeof ride>[]) =>
      runRule(
        { kind: 'near-moving-vehicle', cooldown: 0 },
        way.map((_, index) => ({ time: index * 100, ...picture, objects: things.map((one) => one[index]!) })),
      ).events.map(({ tracks }) => tracks);
    const rider = ride(way, 1, 'person');
    expect(told(rider, ride(way, 2, 'motorcycle'))).toEqual([]);
    expect(told(rider, ride(way, 2, 'motorcycle'), ride(way.toReversed(), 3, 'truck'))).toEqual([[1, 3]]);
    // Whoever stands is run over, however much of the box the vehicle fills.
    expect(told(ride(stand(0.5, 0.5, 60), 1, 'person'), ride(way, 2, 'motorcycle'))).toEqual([[1, 2]]);
  });

  it('are too close to two vehicles that pass side by side, whichever is closer at the moment', () => {
    const person = { track: 1, path: stand(0.5, 0.5, 30) };
    const weaving = (sign: number) =>
      straight([0.44, 0.5], [0.56, 0.5], 30).map(([x], index): [number, number] => [
        x,
        0.53 + (index % 2 ? sign : -sign) * 0.004,
      ]);
    const lorry = (track: number, sign: number) => ({ track, label: 'truck', path: weaving(sign) });
    const { events } = run({ kind: 'near-moving-vehicle', dwell: 0.5 }, [person, lorry(2, 1), lorry(3, -1)]);
    expect(events).toHaveLength(1);
  });

  it('lack equipment only where it can be seen that they do', () => {
    const wearing = (present: boolean, confidence: number) => ({
      path: stand(0.5, 0.5, 40),
      more: { attributes: { 'hard hat': { present, confidence } } },
    });
    const rule = { kind: 'equipment-missing', attribute: 'hard hat' };
    expect(run(rule, [wearing(false, 0.9)]).events).toMatchObject([
      { at: 2000, values: { attribute: 'hard hat', confidence: 0.9 } },
    ]);
    expect(run(rule, [wearing(false, 0.6)]).events).toEqual([]);
    expect(run(rule, [wearing(true, 0.9)]).events).toEqual([]);
    expect(run(rule, [{ path: stand(0.5, 0.5, 40) }]).events).toEqual([]);
  });
});

describe('camera tampering', () => {
  it('is told once for each state that lasts', () => {
    const states = [
      ...Array(20).fill('good'),
      ...Array(60).fill('covered'),
      ...Array(20).fill('good'),
      ...Array(60).fill('black'),
    ];
    const observations = states.map(
      (health, index): Observation => ({ time: index * 100, ...picture, objects: [], health }),
    );
    const { events } = runRule({ kind: 'camera-tampering', cooldown: 0 }, observations);
    expect(events.map(({ at, since, values }) => [since, at, values.health])).toEqual([
      [2000, 7000, 'covered'],
      [10_000, 15_000, 'black'],
    ]);
    expect(runRule({ kind: 'camera-tampering', states: ['turned'] }, observations).events).toEqual([]);
  });
});

it('begins anew after a time without pictures', () => {
  const before = observationsOf([{ path: stand(0.5, 0.5, 50) }]);
  const after = observationsOf([{ path: stand(0.5, 0.5, 50) }], 100, 100_000);
  expect(runRule({ kind: 'loitering', dwell: 8, grace: 500 }, [...before, ...after]).events).toEqual([]);
});
