import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../../api/api-error.ts';
import { type Answer, LabelSession } from './label-session.ts';
import { keepBoth, type Labels, sameLabels, toLabels, toWire, type WireLabels } from './labels.ts';
import { newId } from './new-id.ts';

const good: Labels = { label: 'good', class: null, regions: [] };
const region = (x: number, id: string = crypto.randomUUID()) =>
  ({ id, class: '深 划痕', shape: { kind: 'box', x, y: 1, width: 4, height: 3 } }) as const;
const defect = (...regions: ReturnType<typeof region>[]): Labels => ({ label: 'defect', class: '深 划痕', regions });

/** Keeps words as the server does, and can be made to fail. */
class Words {
  words: WireLabels[] = [];
  problem: Error | undefined;
  readonly load = async (): Promise<Answer> => ({
    ...(this.words.at(-1) ?? toWire(good)),
    revision: this.words.length,
    people: this.words.map((word) => ({ ...word, actorId: 'me' })).slice(-1),
  });
  readonly save = async (labels: WireLabels, revision: number): Promise<Answer> => {
    if (this.problem) throw this.problem;
    if (revision !== this.words.length) throw new ApiError({ code: 'CHANGED', status: 409, message: '' });
    this.words.push(labels);
    return this.load();
  };
}

let server: Words;
let session: LabelSession;
beforeEach(async () => {
  vi.useFakeTimers();
  server = new Words();
  session = new LabelSession(server, 'me', await server.load(), () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a session of labelling', () => {
  it('saves by itself after a pause, once for what was drawn in a row, and takes back what is saved', async () => {
    session.change(defect(region(1)));
    session.change(defect(region(1), region(2)));
    expect(session.snapshot().state).toBe('changed');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(session.snapshot().state).toBe('saved');
    expect(server.words.map(({ regions }) => regions.length)).toEqual([2]);
    session.undo();
    session.undo();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.words.at(-1)).toEqual(toWire(good));
    session.redo();
    expect(await session.flush()).toBe('saved');
    expect(server.words.map(({ regions }) => regions.length)).toEqual([2, 0, 1]);
  });

  it('says that a picture is as it is only once', async () => {
    session.confirm();
    await session.flush();
    session.confirm();
    await session.flush();
    expect(server.words).toEqual([toWire(good)]);
    const other = new LabelSession(server, 'somebody else', await server.load(), () => undefined);
    other.confirm();
    await other.flush();
    expect(server.words).toHaveLength(2);
  });

  it('keeps what could not be saved, and saves it later', async () => {
    server.problem = new ApiError({ code: 'SERVER_UNREACHABLE', status: 0, message: '' });
    session.change(defect(region(1)));
    expect(await session.flush()).toBe('failed');
    expect(session.labels.regions).toHaveLength(1);
    server.problem = undefined;
    expect(await session.flush()).toBe('saved');
    expect(server.words).toHaveLength(1);
  });

  it('saves what is drawn while it saves', async () => {
    session.change(defect(region(1)));
    const done = session.flush();
    expect(session.snapshot().state).toBe('saving');
    session.change(defect(region(1), region(2)));
    expect(await done).toBe('saved');
    expect(server.words.map(({ regions }) => regions.length)).toEqual([1, 2]);
  });

  it.each([
    { choice: 'both', regions: 2 },
    { choice: 'mine', regions: 1 },
    { choice: 'theirs', regions: 1 },
  ] as const)('lets choose $choice where somebody else was faster, and loses nothing', async ({ choice, regions }) => {
    const [mine, theirs] = [defect(region(1)), defect(region(50))];
    server.words.push(toWire(theirs));
    session.change(mine);
    expect(await session.flush()).toBe('conflict');
    expect(session.labels).toBe(mine);
    expect(sameLabels(session.snapshot().theirs!, theirs)).toBe(true);
    expect(await session.choose(choice)).toBe('saved');
    expect(server.words.at(-1)!.regions).toHaveLength(regions);
    expect(server.words[0]).toEqual(toWire(theirs));
    if (choice !== 'mine') session.undo();
    expect(sameLabels(session.labels, mine)).toBe(true);
  });

  it('asks nothing where both said the same, and still says it', async () => {
    server.words.push(toWire(defect(region(1))));
    session.change(defect(region(1)));
    expect(await session.flush()).toBe('saved');
    expect(server.words).toHaveLength(2);
  });

  it('takes over what somebody else saved while nothing of its own is open, as a step', async () => {
    server.words.push(toWire(defect(region(7))));
    session.received(await server.load());
    expect(session.labels.regions).toHaveLength(1);
    session.undo();
    expect(session.labels.regions).toHaveLength(0);
    server.words.push(toWire(defect(region(8), region(9))));
    session.received(await server.load());
    expect(session.labels.regions).toHaveLength(0);
  });
});

it('makes ids of its own, as the server wants them', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});

describe('what two people drew', () => {
  it('is kept of both, what is alike once, and what both changed twice', () => {
    const shared = region(1);
    const both = keepBoth(defect(shared, region(5, 'a')), defect({ ...shared, id: 'other' }, region(6, 'a')));
    expect(both.regions).toHaveLength(3);
    expect(new Set(both.regions.map(({ id }) => id)).size).toBe(3);
    expect(keepBoth(good, good)).toEqual(good);
    expect(keepBoth(good, defect()).label).toBe('defect');
  });

  it('goes to the server and comes back as it was, without masks of nothing', () => {
    const mask = {
      id: 'm',
      class: 'a',
      shape: {
        kind: 'mask',
        spans: {
          top: 3,
          rows: [
            [1, 4],
            [2, 3],
          ],
        },
      },
    } as const;
    const nothing = { id: 'n', class: 'a', shape: { kind: 'mask', spans: { top: 0, rows: [] } } } as const;
    const polygon = { id: 'p', class: 'b', shape: { kind: 'polygon', points: [0, 0, 4, 0, 4.5, 4] } } as const;
    const labels: Labels = { label: 'defect', class: 'a', regions: [mask, nothing, polygon] };
    expect(toLabels(toWire(labels)).regions).toEqual([mask, polygon]);
  });
});
