import { describe, expect, it } from 'vitest';
import type { Observation, TrackedObject } from '../observation.ts';
import { observationsOf, personAt, picture, straight } from '../test-support/walk.ts';
import { createRules } from './engine.ts';
import { ruleKinds } from './registry.ts';
import { parseRules } from './rules-file.ts';

/** A scene of which a kind of rule has something to say: of the example that the kind itself gives. */
type Scene = (track: number, start: number) => Observation[];

const stand = (x: number, y: number, count: number) => straight([x, y], [x, y], count);
const regions =
  (kind: NonNullable<Observation['regions']>[number]['kind']): Scene =>
  (_, start) =>
    Array.from({ length: 100 }, (__, index) => ({
      ...{ time: start + index * 100, ...picture, objects: [] },
      regions: [{ kind, box: personAt(0.5, 0.5), score: 0.9, since: start }],
    }));
const walk =
  (path: (readonly [number, number])[], label = 'person', more: Partial<TrackedObject> = {}): Scene =>
  (track, start) =>
    observationsOf([{ track, path, label, more }], 100, start);

const lying = Array.from({ length: 17 }, (_, place) => ({ x: 400 + place * 10, y: 500, score: 0.9 }));

const scenes: Readonly<Record<string, Scene>> = {
  'zone-entry': walk(straight([0.1, 0.5], [0.5, 0.5], 20)),
  'zone-absence': (_, start) => observationsOf([{ path: Array.from({ length: 1300 }, () => null) }], 100, start),
  'line-crossing': walk(straight([0.3, 0.5], [0.7, 0.5], 20)),
  loitering: walk(stand(0.5, 0.5, 320)),
  occupancy: (track, start) =>
    observationsOf(
      [0, 1, 2].map((index) => ({ track: track + index, path: stand(0.2 + index * 0.2, 0.5, 30) })),
      100,
      start,
    ),
  'wrong-way': walk(straight([0.9, 0.5], [0.1, 0.5], 80)),
  running: walk(straight([0.1, 0.5], [0.9, 0.5], 30)),
  'stopped-vehicle': walk(stand(0.5, 0.5, 260), 'car'),
  'object-left': regions('left'),
  'object-taken': regions('taken'),
  'person-down': walk(stand(0.5, 0.5, 40), 'person', { keypoints: lying }),
  'near-moving-vehicle': (track, start) =>
    observationsOf(
      [
        { track, path: stand(0.5, 0.5, 60) },
        { track: track + 1, label: 'forklift', path: straight([0.2, 0.5], [0.8, 0.5], 60) },
      ],
      100,
      start,
    ),
  'equipment-missing': walk(stand(0.5, 0.5, 40), 'person', {
    attributes: { 'hard hat': { present: false, confidence: 0.9 } },
  }),
  'smoke-like': regions('smoke-like'),
  'flame-like': regions('flame-like'),
  'camera-tampering': (_, start) =>
    Array.from({ length: 60 }, (__, index) => ({
      time: start + index * 100,
      ...picture,
      objects: [],
      health: 'covered',
    })),
};
/** Kinds that look at neither labels nor scores. */
const ofNoThing = ['zone-absence', 'camera-tampering', 'object-left', 'object-taken', 'smoke-like', 'flame-like'];

/** Monday, 2026-03-02, noon in Shanghai. */
const noon = Date.parse('2026-03-02T12:00+08:00');

function run(rule: object, observations: readonly Observation[]) {
  const engine = createRules(parseRules({ version: 1, rules: [rule] }));
  const told = observations.flatMap((observation) => engine.observe(observation));
  told.push(...engine.finish());
  const events = told.filter(({ keptBack }) => keptBack === undefined);
  return { events, told, counts: engine.counts(), remembered: engine.remembered() };
}

it('has a scene for every kind of rule', () => {
  expect(Object.keys(scenes).sort()).toEqual(ruleKinds.map(({ kind }) => kind).sort());
});

describe.each(ruleKinds.map((kind) => [kind.kind, kind] as const))(
  'the rule %s',
  (name, { example, ofAbsence, experimental, countsOf }) => {
    const scene = scenes[name]!;
    const observations = scene(1, noon);

    it('says something of its scene: when, since when, about what and where', () => {
      const { events } = run(example, observations);
      expect(events).not.toHaveLength(0);
      const tracks = new Set(observations.flatMap(({ objects }) => objects.map(({ track }) => track)));
      for (const event of events) {
        expect(event).toMatchObject({ rule: example.id, kind: name, suppressed: 0 });
        expect(event.confirmed).toBe(event.doubts.length === 0);
        expect(event.doubts.includes('experimental')).toBe(experimental === true);
        expect(event.at).toBeGreaterThanOrEqual(noon);
        expect(event.at).toBeLessThanOrEqual(observations.at(-1)!.time);
        expect(event.since).toBeLessThanOrEqual(event.at);
        for (const track of event.tracks) expect(tracks).toContain(track);
        if (!ofNoThing.includes(name)) expect(event.tracks).not.toHaveLength(0);
        if (event.tracks.length > 0 && name !== 'occupancy') {
          expect(event.position!.x).toBeGreaterThanOrEqual(0);
          expect(event.position!.x).toBeLessThanOrEqual(1);
          expect(event.label).toBeTypeOf('string');
        }
      }
    });

    it('says the same of the same, also after a way through text', () => {
      expect(run(example, observations)).toEqual(
        run(example, JSON.parse(JSON.stringify(observations)) as Observation[]),
      );
    });

    it('is silent outside its schedule, and speaks within', () => {
      const schedule = (from: string, to: string) => ({
        zone: 'Asia/Shanghai',
        windows: [{ days: ['mon'], from, to }],
      });
      expect(run({ ...example, schedule: schedule('13:00', '11:00') }, observations).events).toEqual([]);
      expect(run({ ...example, schedule: schedule('11:00', '13:00') }, observations).events).toEqual(
        run(example, observations).events,
      );
    });

    it('is silent when it is off, and on an empty scene', () => {
      expect(run({ ...example, enabled: false }, observations).events).toEqual([]);
      if (ofAbsence) return;
      const empty = Array.from({ length: 3000 }, (_, index) => ({
        time: noon + index * 100,
        ...picture,
        objects: [],
        regions: [],
        health: 'good' as const,
      }));
      expect(run(example, empty).events).toEqual([]);
    });

    it('looks only at its classes, and at scores that suffice', () => {
      const silent = (change: object) => expect(run({ ...example, ...change }, observations).events).toEqual([]);
      if (!['zone-absence', 'camera-tampering'].includes(name)) silent({ minimumScore: 0.95 });
      if (!ofNoThing.includes(name)) silent({ classes: ['giraffe'] });
    });

    it('is as severe as it is told to be', () => {
      for (const severity of ['info', 'critical'] as const)
        for (const event of run({ ...example, severity }, observations).events) expect(event.severity).toBe(severity);
    });

    it('waits as long as its dwell says', () => {
      if (name === 'line-crossing') return;
      const [event] = run({ ...example, dwell: 0 }, observations).events;
      const [later] = run({ ...example, dwell: 0.5 }, observations).events;
      expect(later!.at - later!.since).toBeGreaterThanOrEqual(500);
      expect(later!.at).toBeGreaterThanOrEqual(event!.at);
      expect(run({ ...example, dwell: 86_400 }, observations).events).toEqual([]);
    });

    it('looks only into its zone', () => {
      if (['line-crossing', 'camera-tampering'].includes(name)) return;
      const corner = [
        [0, 0],
        [0.02, 0],
        [0.02, 0.02],
      ];
      const whole = [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ];
      expect(run({ ...example, zone: whole }, observations).events).not.toHaveLength(0);
      // A post in a corner where nobody ever is was left.
      expect(run({ ...example, zone: corner }, observations).events).toHaveLength(ofAbsence ? 1 : 0);
    });

    it('keeps the cooldown between two events, and says how many it kept back', () => {
      const gap = 20 * 60_000;
      const thrice = [0, 1, 2].flatMap((round) => scene(1 + round * 10, noon + round * gap));
      const often = run({ ...example, cooldown: 0 }, thrice).events;
      expect(often.length).toBeGreaterThanOrEqual(name === 'zone-absence' ? 1 : 3);
      const cooldown = 30 * 60;
      const seldom = run({ ...example, cooldown }, thrice).events;
      seldom.slice(1).forEach((event, index) => {
        expect(event.at - seldom[index]!.at).toBeGreaterThanOrEqual(cooldown * 1000);
      });
      expect(seldom.length).toBeLessThanOrEqual(often.length);
      if (often.length >= 3)
        expect(seldom.length + seldom.reduce((sum, { suppressed }) => sum + suppressed, 0)).toBe(often.length);
    });

    it('tells every crossing that it counts, also without an event', () => {
      const thrice = [0, 1, 2].flatMap((round) => scene(1 + round * 10, noon + round * 60_000));
      const { told, events, counts } = run({ ...example, cooldown: 3_600 }, thrice);
      const keptBack = told.filter((one) => one.keptBack !== undefined);
      for (const one of keptBack) expect(one).toMatchObject({ crossing: expect.anything(), keptBack: 'cooldown' });
      if (countsOf) expect(counts[String(example.id)]).toEqual(countsOf(told));
      expect([events.length, keptBack.length]).toEqual([1, countsOf ? 2 : 0]);
    });

    it('does not take for absent what cannot be seen', () => {
      if (!ofAbsence) return;
      for (const health of ['black', 'covered', 'frozen', 'turned', 'defocused', 'no-signal'] as const)
        expect(
          run(
            example,
            observations.map((one) => ({ ...one, objects: [], health })),
          ).events,
          health,
        ).toEqual([]);
    });

    it('has figures that begin anew when they are asked to', () => {
      const engine = createRules(parseRules({ version: 1, rules: [example] }));
      const id = String(example.id);
      const none = engine.counts()[id];
      for (const observation of observations) engine.observe(observation);
      engine.finish();
      engine.observe({ ...observations.at(-1)!, objects: [] });
      engine.countAnew();
      expect(engine.counts()[id]).toEqual(none);
    });

    it('refuses fields that it does not know, and names them', () => {
      expect(() => parseRules({ version: 1, rules: [{ ...example, colour: 'red' }] })).toThrow(
        'rules.0: has members of no known meaning: colour',
      );
    });

    it('keeps bounded memory however many come and go', () => {
      const many: Observation[] = Array.from({ length: 6000 }, (_, index) => ({
        time: noon + index * 200,
        ...picture,
        objects: observations[0]!.objects.map((object) => ({
          ...object,
          track: index,
          box: personAt((index % 100) / 100, 0.5),
        })),
        regions: [{ kind: 'smoke-like', box: personAt((index * 0.37) % 1, (index * 0.73) % 1), score: 1, since: noon }],
      }));
      expect(run(example, many).remembered).toBeLessThan(250);
    });
  },
);
