import { describe, expect, it } from 'vitest';
import { runRule } from '../../test-support/run-rules.ts';
import { observationsOf, personAt, picture, randomNumbers, straight, type Walk } from '../../test-support/walk.ts';

/** From top to bottom in the middle: going down it, right is to the left of the picture. */
const line = [
  [0.5, 0.1],
  [0.5, 0.9],
];
const count = (walks: Walk[], rule: object = {}, stepMs = 100) =>
  runRule({ kind: 'line-crossing', line, ...rule }, observationsOf(walks, stepMs));

describe('line crossing', () => {
  it('counts a way through the line once, with its direction, both positions and the time between', () => {
    const { events, counts } = count([{ path: straight([0.3, 0.5], [0.75, 0.5], 10) }]);
    expect(counts).toEqual({ in: 0, out: 1, unconfirmedIn: 0, unconfirmedOut: 0 });
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({ rule: 'rule', tracks: [1], label: 'person', confirmed: true, doubts: [], at: 400 });
    expect(event!.crossing).toMatchObject({ direction: 'out', from: { time: 300 }, to: { time: 400 } });
    expect(event!.crossing!.from.x).toBeCloseTo(0.45);
    expect(event!.position!.x).toBeCloseTo(0.5);
    expect(count([{ path: straight([0.7, 0.5], [0.3, 0.5], 10) }]).counts).toMatchObject({ in: 1, out: 0 });
    expect(count([{ path: straight([0.7, 0.5], [0.3, 0.5], 10) }], { inward: 'left' }).counts).toMatchObject({
      out: 1,
    });
  });

  it('counts the same at any rate of pictures, down to one before and one after', () => {
    for (const pictures of [2, 3, 4, 7, 25, 400])
      expect(count([{ path: straight([0.2, 0.4], [0.8, 0.6], pictures) }]).counts, `${pictures}`).toMatchObject({
        in: 0,
        out: 1,
      });
  });

  it('does not count a way round the end of the line', () => {
    const path = [
      ...straight([0.4, 0.5], [0.4, 0.97], 10),
      ...straight([0.4, 0.97], [0.6, 0.97], 10),
      ...straight([0.6, 0.97], [0.6, 0.5], 10),
    ];
    expect(count([{ path }]).events).toEqual([]);
  });

  it('counts nobody who dithers on the line and goes back, and once who dithers and goes on', () => {
    const random = randomNumbers(7);
    const dithering = Array.from({ length: 501 }, () => [0.5 + (random() - 0.5) * 0.016, 0.5] as [number, number]);
    const back = [...straight([0.3, 0.5], [0.499, 0.5], 20), ...dithering, ...straight([0.499, 0.5], [0.3, 0.5], 20)];
    const on = [...straight([0.3, 0.5], [0.499, 0.5], 20), ...dithering, ...straight([0.501, 0.5], [0.7, 0.5], 20)];
    expect(count([{ path: back }]).counts).toEqual({ in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 0 });
    expect(count([{ path: on }]).counts).toEqual({ in: 0, out: 1, unconfirmedIn: 0, unconfirmedOut: 0 });
  });

  it('counts both ways of one who goes through and comes back', () => {
    const path = [...straight([0.3, 0.5], [0.7, 0.5], 10), ...straight([0.7, 0.5], [0.3, 0.5], 10)];
    expect(count([{ path }]).counts).toMatchObject({ in: 1, out: 1 });
    const { events, counts } = count([{ path }], { direction: 'in' });
    expect(events.map(({ crossing, keptBack }) => [crossing!.direction, keptBack])).toEqual([
      ['out', 'direction'],
      ['in', undefined],
    ]);
    expect(counts).toMatchObject({ in: 1, out: 1 });
  });

  it('counts a way through a corner of the line once', () => {
    const corner = [
      [0.2, 0.2],
      [0.5, 0.5],
      [0.2, 0.8],
    ];
    const through = { path: straight([0.25, 0.5], [0.75, 0.5], 11) };
    expect(count([through], { line: corner }).counts).toMatchObject({ in: 0, out: 1 });
    // Two positions exactly on the corner and on the line beside it.
    const on = {
      path: [
        [0.8, 0.5],
        [0.5, 0.5],
        [0.4, 0.4],
        [0.1, 0.4],
      ] as [number, number][],
    };
    const { counts } = count([on], { line: corner });
    expect(counts).toMatchObject({ in: 1, out: 0 });
    // Only touches the corner and goes back.
    const touches = {
      path: [
        [0.8, 0.5],
        [0.5, 0.5],
        [0.8, 0.6],
      ] as [number, number][],
    };
    expect(count([touches], { line: corner }).events).toEqual([]);
  });

  it('counts a track that stops on the line as unconfirmed when it is lost there', () => {
    const path = [...straight([0.3, 0.5], [0.505, 0.5], 20), ...Array.from({ length: 120 }, () => null)];
    const { events, counts } = count([{ path }]);
    expect(counts).toEqual({ in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 1 });
    expect(events[0]).toMatchObject({ confirmed: false, doubts: ['lost-near-line'] });
  });

  it('says that a track born at the line may have come from this side', () => {
    const { events } = count([{ path: straight([0.49, 0.5], [0.6, 0.5], 10) }], {}, 40);
    expect(events.map(({ doubts }) => doubts)).toEqual([['born-near-line']]);
  });

  it('believes what comes into the picture at its border, or leaves it there, however near the line', () => {
    const vertical = (x: number) => ({
      line: [
        [x, 0.2],
        [x, 1],
      ],
    });
    const comes = count([{ path: straight([0.03, 0.5], [0.2, 0.5], 10) }], vertical(0.05), 40);
    expect(comes.events.map(({ doubts }) => doubts)).toEqual([[]]);
    const leaves = { path: [...straight([0.8, 0.5], [0.985, 0.5], 20), ...Array.from({ length: 120 }, () => null)] };
    const { events } = count([leaves], vertical(0.98));
    expect(events.map(({ doubts }) => doubts)).toEqual([[]]);
  });

  it('keeps crossings of rejoined tracks apart', () => {
    const { events } = count([{ path: straight([0.3, 0.5], [0.7, 0.5], 10), rejoinedFrom: 4 }]);
    expect(events.map(({ doubts }) => doubts)).toEqual([['rejoined']]);
  });

  it('waits for a sighting where a track was only carried, and doubts what was carried for long', () => {
    const path = straight([0.3, 0.5], [0.7, 0.5], 21);
    const briefly = count([{ path, carried: [8, 9, 10, 11, 12] }]);
    expect(briefly.events).toMatchObject([{ confirmed: true, at: 1000 }]);
    const long = count([{ path, carried: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14] }]);
    expect(long.events).toMatchObject([{ confirmed: false, doubts: ['carried'] }]);
    const never = count([{ path, carried: Array.from({ length: 13 }, (_, index) => index + 8) }]);
    expect(never.events).toMatchObject([{ confirmed: false, doubts: ['carried', 'lost-near-line'] }]);
  });

  it('counts a guess that the next sighting takes back not at all', () => {
    const path: [number, number][] = [
      ...straight([0.3, 0.5], [0.48, 0.5], 10),
      [0.52, 0.5],
      [0.56, 0.5],
      [0.45, 0.5],
      [0.3, 0.5],
    ];
    expect(count([{ path, carried: [10, 11] }]).events).toEqual([]);
  });

  it('uses what was seen of a track before it was confirmed', () => {
    const earlier = [0.3, 0.4].map((x, index) => ({ time: index * 100, box: personAt(x, 0.5), score: 0.9 }));
    const object = {
      track: 1,
      box: personAt(0.56, 0.5),
      score: 0.9,
      label: 'person',
      state: 'seen',
      rejoined: false,
      earlier,
    } as const;
    const { events } = runRule({ kind: 'line-crossing', line }, [{ time: 200, ...picture, objects: [object] }]);
    expect(events).toMatchObject([
      { confirmed: true, crossing: { direction: 'out', from: { time: 100 }, to: { time: 200 } } },
    ]);
  });

  it('counts so that people on a side at the end are those at the beginning plus in minus out, however they walk', () => {
    const zigzag = [
      [0.5, 0],
      [0.4, 0.25],
      [0.6, 0.5],
      [0.45, 0.7],
      [0.5, 1],
    ];
    const isRight = ([x, y]: readonly [number, number]) => {
      const index = zigzag.findIndex(([, below], at) => at > 0 && y <= below!);
      const [[ax, ay], [bx, by]] = [zigzag[index - 1]!, zigzag[index]!];
      return x < ax! + ((bx! - ax!) * (y - ay!)) / (by! - ay!);
    };
    for (let seed = 1; seed <= 200; seed++) {
      const random = randomNumbers(seed);
      let [x, y] = [random(), 0.5];
      const path = Array.from({ length: 60 }, () => {
        x = Math.min(1, Math.max(0, x + (random() - 0.5) * 0.3));
        y = Math.min(0.999, Math.max(0.001, y + (random() - 0.5) * 0.3));
        // On a coarse grid many places lie on corners and on the line itself.
        return [Math.round(x * 20) / 20, Math.min(0.95, Math.max(0.05, Math.round(y * 20) / 20))] as [number, number];
      });
      path.unshift([0.05, 0.5]);
      path.push([seed % 2 ? 0.95 : 0.05, 0.5]);
      const { counts } = count([{ path }], { line: zigzag, hysteresis: seed % 3 ? 0.1 : 0 }, 500);
      const net = counts.in! + counts.unconfirmedIn! - counts.out! - counts.unconfirmedOut!;
      expect(net, `seed ${seed}`).toBe(Number(isRight(path.at(-1)!)) - Number(isRight(path[0]!)));
    }
  });
});
