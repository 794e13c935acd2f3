import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgeDocument, EdgePart } from '@millwright/cloud';
import { fixedClock } from '@millwright/kernel';
import { TcpProxy } from '@millwright/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setOverride } from '../src/overrides.ts';
import { type EdgeEnd, type EdgeOptions, runEdge } from '../src/run-edge.ts';
import { superviseEdge } from '../src/supervise.ts';
import { eventually, startToyServer, type ToyServer } from './support/processes.ts';
import { toyPart } from './support/toy-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-edge-'));
let server: ToyServer;
let proxy: TcpProxy;
let siteId: string;
let number = 0;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await startToyServer(join(folder, 'server'));
  proxy = new TcpProxy(server.port);
  await proxy.start();
  const site = { kind: 'site', parentId: null, name: 'Works', timezone: 'UTC' };
  siteId = (await server.call('POST', '/api/cloud/nodes', site)).id;
}, 120_000);
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  proxy.thaw();
});
afterAll(async () => {
  await proxy?.stop();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

interface Running {
  readonly ended: Promise<EdgeEnd>;
  stop(): Promise<EdgeEnd>;
}
const timing = { reportMs: 200, retryFirstMs: 20, retryMostMs: 200, pollSeconds: 5 };

/** The agent in this process, so that its clock can be set. Resolves once its parts run. */
async function start(options: Partial<EdgeOptions> & { data: string }): Promise<Running> {
  const abort = new AbortController();
  let running: Promise<EdgeEnd>;
  await new Promise<void>((resolve, reject) => {
    running = runEdge({
      ...{ server: `http://127.0.0.1:${proxy.port}`, mqtt: 'off', parts: [toyPart], logLevel: 'silent', timing },
      ...{ signal: abort.signal, onReady: () => resolve(), ...options },
    });
    running.catch(reject);
  });
  const stop = () => {
    abort.abort();
    return running;
  };
  ends.push(() => stop().catch(() => undefined));
  return { ended: running!, stop };
}

async function invited(): Promise<{ id: string; code: string; data: string }> {
  number += 1;
  const { box, code } = await server.call('POST', '/api/cloud/edge/boxes', { siteId, name: `box ${number}` });
  return { id: box.id, code, data: join(folder, `box-${number}`) };
}
const want = (document: object, blobs: object[] = []) => server.call('PUT', '/api/toy/want', { document, blobs });
const detail = (id: string) => server.call('GET', `/api/cloud/edge/boxes/${id}`);
// biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
const events = async (since: number): Promise<any[]> =>
  (await server.call('GET', '/api/toy/events')).items.slice(since);
const inEffect = (id: string) =>
  eventually('the box to be where it is wanted', async () => {
    const { box, parts } = await detail(id);
    return box.revision === box.desiredRevision && parts[0]?.reported && { box, parts };
  });

/** A part that hands over what a test tells it to. */
function handPart(): { part: EdgePart; send: (payload: unknown, more?: object) => Promise<string> } {
  let send: ((payload: unknown, more?: object) => Promise<string>) | undefined;
  const part: EdgePart = {
    ...{ name: 'toy', boxFields: [] },
    async start(context) {
      send = (payload, more) => context.send('event', payload, more);
      return { apply: async () => undefined, report: () => ({}), stop: async () => undefined };
    },
  };
  return { part, send: (payload, more) => send!(payload, more) };
}

describe('a box', () => {
  it('comes in with a code, also when the first answers are lost, and needs none the next time', async () => {
    await want({ cameras: [{ id: 'gate', address: 'rtsp://gate' }] });
    const { id, code, data } = await invited();
    const wrong = start({ data, code: 'mwc-aaaa-aaaa-aaaa-aaaa-aaaa' });
    await expect(wrong).rejects.toMatchObject({ code: 'EDGE_CODE_INVALID' });
    await expect(start({ data })).rejects.toMatchObject({ code: 'EDGE_NOT_ENROLLED' });
    await expect(start({ data, code, server: 'here' })).rejects.toMatchObject({ code: 'EDGE_SERVER_INVALID' });
    const first = await start({ data, code });
    await expect(start({ data, code })).rejects.toMatchObject({ code: 'EDGE_FOLDER_IN_USE' });
    await inEffect(id);
    await first.stop();
    const state = JSON.parse(readFileSync(join(data, 'box.json'), 'utf8'));
    rmSync(join(data, 'box.json'));
    // As if it had been stopped between exchange and answer: the same code with the same token.
    await (await start({ data, code })).stop();
    expect(JSON.parse(readFileSync(join(data, 'box.json'), 'utf8')).token).toBe(state.token);
    await (await start({ data })).stop();
    const other = await invited();
    await expect(start({ data, code: other.code })).rejects.toMatchObject({ code: 'EDGE_FOLDER_OTHER_BOX' });
  });

  it('keeps its own fields, which stand beside what the server wants', async () => {
    await want({ cameras: [{ id: 'gate', address: 'rtsp://gate' }] });
    const { id, code, data } = await invited();
    await start({ data, code });
    const set = (field: string, value: unknown) => setOverride(data, [toyPart], { part: 'toy', field, value });
    await expect(set('cameras.gate.rules', [])).rejects.toMatchObject({ code: 'EDGE_FIELD_FOREIGN' });
    await set('cameras.gate.address', '/dev/video0');
    const { parts } = await eventually('the override to be reported', async () => {
      const found = await detail(id);
      return found.parts[0]?.differences.length > 0 && found;
    });
    expect(parts[0].differences).toEqual([
      { path: ['cameras', 'gate', 'address'], desired: 'rtsp://gate', reported: '/dev/video0', winner: 'box' },
    ]);
    expect(parts[0].figures.cameras[0].address).toBe('/dev/video0');
    await set('cameras.gate.address', undefined);
    await eventually(
      'the server’s value to hold again',
      async () => (await detail(id)).parts[0].differences.length === 0,
    );
  });

  it('fetches the files of its desired state in pieces, over a link that breaks, and only whole ones count', async () => {
    const model = Buffer.alloc(3_000_000, 'model');
    const { hash } = await server.call('POST', '/api/toy/blobs', model);
    const { id, code, data } = await invited();
    const files = join(data, 'files');
    // What an earlier try left behind: the right beginning.
    const { mkdirSync } = await import('node:fs');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, `${hash}.part`), model.subarray(0, 1_000_000));
    await want({ model: hash }, [{ sha256: hash, bytes: model.length, name: 'model.onnx' }]);
    const running = await start({ data, code });
    await inEffect(id);
    expect(
      createHash('sha256')
        .update(readFileSync(join(files, hash)))
        .digest('hex'),
    ).toBe(hash);
    await running.stop();
    // The disk changed it meanwhile, and half of it is there from elsewhere: it is fetched anew.
    writeFileSync(join(files, hash), model.subarray(1));
    rmSync(join(data, 'desired.json'));
    writeFileSync(join(files, `${hash}.part`), Buffer.alloc(500, 'x'));
    await start({ data });
    await eventually('the file to be whole', async () => {
      const path = join(files, hash);
      return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === hash;
    });
    await want({});
    await eventually('what nothing names to go', async () => readdirSync(files).length === 0);
  });

  it('goes back to what worked when a document is rejected, and says why', async () => {
    await want({ rate: 0, cameras: [] });
    const { id, code, data } = await invited();
    const running = await start({ data, code });
    const good = (await inEffect(id)).box.revision;
    await want({ reject: true });
    const { box, parts } = await eventually('the error to be reported', async () => {
      const found = await detail(id);
      return found.box.errors.length > 0 && found;
    });
    expect(box.errors[0]).toMatchObject({ part: 'toy', message: 'the toy does not like it' });
    expect([parts[0].revision, parts[0].reported]).toEqual([good, { rate: 0, cameras: [] }]);
    await running.stop();
    // Also after a start, without the server.
    await start({ data, server: 'http://127.0.0.1:9' });
    expect(JSON.parse(readFileSync(join(data, 'parts', 'toy', 'good.json'), 'utf8')).document).toEqual({
      ...{ rate: 0, cameras: [] },
    });
    await want({ rate: 0 });
  });

  it('keeps the files of what is in effect when the next document is rejected, also for a start without the server', async () => {
    const file = async (text: string) => {
      const { hash } = await server.call('POST', '/api/toy/blobs', Buffer.from(text));
      return { sha256: hash as string, bytes: text.length, name: `${text}.onnx` };
    };
    const [old, next] = [await file('old'), await file('next')];
    await want({ model: old.sha256 }, [old]);
    const { id, code, data } = await invited();
    const running = await start({ data, code });
    await inEffect(id);
    await want({ model: next.sha256, reject: true }, [next]);
    await eventually('the error to be reported', async () => (await detail(id)).box.errors.length > 0);
    await running.stop();
    expect(readdirSync(join(data, 'files')).sort()).toEqual([old.sha256, next.sha256].sort());
    const applied: unknown[] = [];
    const part: EdgePart = {
      ...{ name: 'toy', boxFields: [] },
      async start(context) {
        const apply = async (document: { model?: string; reject?: boolean }) => {
          if (document.reject) throw new Error('no');
          applied.push(readFileSync(await context.blob(document.model!), 'utf8'));
          return undefined;
        };
        return { apply, report: () => ({}), stop: async () => undefined };
      },
    };
    await start({ data, server: 'http://127.0.0.1:9', parts: [part] });
    expect(applied).toEqual(['old']);
    await want({});
  });

  it('brings all else into effect where the server has a file damaged, says what is refused, and takes it in once it is mended', async () => {
    const text = 'a model of the works';
    const { hash } = await server.call('POST', '/api/toy/blobs', Buffer.from(text));
    const kept = globSync(`**/${hash}*`, { cwd: join(folder, 'server') }).map((path) =>
      join(folder, 'server', path),
    )[0]!;
    /** Refuses a model whose file is not here, and goes on with the rate. */
    const part: EdgePart = {
      ...{ name: 'toy', boxFields: [] },
      async start(context) {
        const apply = async ({ model, ...rest }: EdgeDocument) => {
          try {
            if (model) await context.blob(String(model));
            return undefined;
          } catch (error) {
            const reason = { code: 'toy.refused', values: {}, text: String(error) };
            return { document: rest, refused: [{ path: ['model'], subject: String(model), reason }] };
          }
        };
        return { apply, report: () => ({}), stop: async () => undefined };
      },
    };
    await want({ rate: 1 });
    const { id, code, data } = await invited();
    const running = await start({ data, code, parts: [part] });
    await inEffect(id);
    chmodSync(kept, 0o644);
    writeFileSync(kept, text.replace('works', 'world'));
    await want({ rate: 2, model: hash }, [{ sha256: hash, bytes: text.length, name: 'works.onnx' }]);
    const refusedOf = () =>
      eventually('it to be refused', async () => {
        const { box, parts } = await detail(id);
        return box.revision === box.desiredRevision && parts[0].refused.length > 0 && { box, part: parts[0] };
      });
    const first = await refusedOf();
    expect(first.part).toMatchObject({
      ...{ error: null, reported: { rate: 2 }, refused: [{ path: ['model'], revision: first.box.revision }] },
      differences: [{ path: ['model'], desired: hash, reported: null, winner: 'server' }],
    });
    expect(first.part.refused[0].reason.text).toContain('hashes to');
    expect(first.box).toMatchObject({ errors: [], refused: [{ part: 'toy', subject: hash }] });
    // What comes after it comes, too, and it is known to be the same, also after a start.
    await running.stop();
    await start({ data, parts: [part] });
    await want({ rate: 3, model: hash }, [{ sha256: hash, bytes: text.length, name: 'works.onnx' }]);
    const second = await eventually('the next to be in effect', async () => {
      const { parts } = await detail(id);
      return parts[0].reported?.rate === 3 && parts[0];
    });
    expect(second.refused).toMatchObject([{ path: ['model'], revision: first.box.revision }]);
    writeFileSync(kept, text);
    const mended = await eventually('the model to come', async () => {
      const { box, parts } = await detail(id);
      return box.refused.length === 0 && parts[0];
    });
    expect(mended).toMatchObject({ reported: { rate: 3, model: hash }, refused: [], differences: [] });
    expect(await eventually('nothing to be fetched', async () => !(await detail(id)).box.report.fetching)).toBe(true);
    await want({});
  });

  it('says what it is fetching, and why that does not come', async () => {
    const text = 'here';
    const { hash } = await server.call('POST', '/api/toy/blobs', Buffer.from(text));
    const missing = { sha256: 'c'.repeat(64), bytes: 7, name: 'missing.onnx' };
    await want({}, []);
    const { id, code, data } = await invited();
    await start({ data, code });
    const { box } = await inEffect(id);
    await want({ model: hash }, [{ sha256: hash, bytes: text.length, name: 'here.onnx' }, missing]);
    const { fetching } = await eventually('the trouble to be reported', async () => {
      const { report } = (await detail(id)).box;
      return report.fetching?.problem && report;
    });
    expect(fetching).toMatchObject({ revision: box.revision + 1, files: [{ have: 4 }, { ...missing, have: 0 }] });
    await want({});
    await eventually('it to be over', async () => !(await detail(id)).box.report.fetching);
  });

  it('is restarted and asked for its log from afar', async () => {
    const { id, code, data } = await invited();
    const running = await start({ data, code });
    await inEffect(id);
    const command = async (body: object) => {
      const given = await server.call('POST', `/api/cloud/edge/boxes/${id}/commands`, body);
      return eventually('the answer', async () => {
        const found = await server.call('GET', `/api/cloud/edge/boxes/${id}/commands/${given.id}`);
        return found.doneAt && found;
      });
    };
    const { result } = await command({ kind: 'log', level: 'info', lines: 3 });
    expect(result.lines.length).toBeGreaterThan(0);
    expect(result.lines.length).toBeLessThanOrEqual(3);
    expect(JSON.parse(result.lines.at(-1)).msg).toBe('a command of the server');
    await command({ kind: 'restart' });
    expect(await running.ended).toMatchObject({ restart: true });
  });

  it('that is removed sends no more, and keeps what it has', async () => {
    const { id, code, data } = await invited();
    const { part, send } = handPart();
    await start({ data, code, parts: [part] });
    const before = (await events(0)).length;
    await send({ number: 1 });
    await eventually('the first to arrive', async () => (await events(before)).length === 1);
    await server.call('DELETE', `/api/cloud/edge/boxes/${id}`);
    await send({ number: 2 });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await events(before)).toHaveLength(1);
    expect(
      readFileSync(
        join(data, 'outbox', readdirSync(join(data, 'outbox')).find((name) => name.endsWith('.log'))!),
        'utf8',
      ),
    ).toContain('"number":2');
  });
});

describe('what a box sends', () => {
  /** A machine whose clock and uptime a test moves. */
  function simulated(startedAt: string) {
    const clock = fixedClock(startedAt);
    let uptime = 1_000_000;
    const machine = { boot: `boot-${number}-${Math.random()}`, uptimeMs: () => uptime };
    return {
      ...{ clock, machine },
      advance(ms: number) {
        clock.advance(ms);
        uptime += ms;
      },
    };
  }

  it('of a day without the server arrives in order, where it belongs in time', async () => {
    const { id, code, data } = await invited();
    const { part, send } = handPart();
    const now = Date.now();
    const day = 24 * 3_600_000;
    // The box lives a day in no time; its clock begins where the day will have ended at the server’s now.
    const box = simulated(new Date(now - day).toISOString());
    const first = await start({ data, code, parts: [part], ...box });
    await inEffect(id);
    await first.stop();
    const before = (await events(0)).length;
    // Away: started without a network, works from what is on disk.
    const away = await start({ data, server: 'http://127.0.0.1:9', parts: [part], ...box });
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      await send({ number: minute });
      box.advance(10 * 60_000);
    }
    await away.stop();
    await start({ data, server: `http://127.0.0.1:${proxy.port}`, parts: [part], ...box });
    const arrived = await eventually('the day to arrive', async () => {
      const found = await events(before);
      return found.length === 144 && found;
    });
    expect(arrived.map((event) => Number(event.number))).toEqual(Array.from({ length: 144 }, (_, at) => at * 10));
    for (const [at, event] of arrived.entries()) {
      expect(event.clock).toBe('measured');
      expect(Math.abs(Date.parse(event.at) - (now - day + at * 600_000))).toBeLessThan(60_000);
    }
    expect(arrived[0].late).toBe(true);
    const { streams, holes } = await detail(id);
    expect([holes, streams.length]).toEqual([[], 1]);
  });

  it('of a box whose clock is years off, and is set in between, has the right time beside the box’s own', async () => {
    const { code, data } = await invited();
    const { part, send } = handPart();
    const box = simulated('2001-01-01T00:00:00Z');
    const before = (await events(0)).length;
    const first = await start({ data, code, parts: [part], ...box });
    await first.stop();
    const away = await start({ data, server: 'http://127.0.0.1:9', parts: [part], ...box });
    await send({ number: 1 });
    box.advance(3_600_000);
    box.clock.set('2031-01-01T00:00:00Z');
    await send({ number: 2 });
    await away.stop();
    await start({ data, server: `http://127.0.0.1:${proxy.port}`, parts: [part], ...box });
    const arrived = await eventually('both to arrive', async () => {
      const found = await events(before);
      return found.length === 2 && found;
    });
    expect(arrived.map(({ box_time }) => box_time)).toEqual(['2001-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z']);
    expect(arrived.map(({ clock }) => clock)).toEqual(['measured', 'measured']);
    const [one, two] = arrived.map(({ at }) => Date.parse(at));
    expect(Math.abs(two! - one! - 3_600_000)).toBeLessThan(5_000);
    expect(Math.abs(Date.now() - two!)).toBeLessThan(60_000);
  });

  it('goes on in the middle of a file after the link was cut, and arrives whole', async () => {
    const { id, code, data } = await invited();
    const { part, send } = handPart();
    await start({ data, code, parts: [part] });
    await inEffect(id);
    const before = (await events(0)).length;
    const clip = join(folder, 'long.mp4');
    const bytes = Buffer.alloc(24_000_000, 'film ');
    writeFileSync(clip, bytes);
    let received = 0;
    proxy.onData = (length) => {
      received += length;
      // Once in the middle of each of the first pieces.
      if (received > 6_000_000 && received < 20_000_000) {
        received = Math.max(received, 7_000_000);
        proxy.cut();
      }
      if (received > 7_000_000) received = 20_000_000;
    };
    await send({ number: 1 }, { files: [{ path: clip, name: 'long.mp4' }] });
    const [event] = await eventually('the clip to arrive', async () => {
      const found = await events(before);
      return found.length === 1 && found;
    });
    proxy.onData = () => undefined;
    expect(event.blobs).toEqual([
      { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, name: 'long.mp4' },
    ]);
    expect((await server.call('GET', `/api/toy/blobs/${event.blobs[0].sha256}`)).size).toBe(bytes.length);
    // Less than twice the file crossed the link: it was not begun anew.
    expect(proxy.bytes).toBeLessThan(2 * bytes.length);
  });
});

describe('an agent that is supervised', () => {
  it('is started again after it was killed by a document, and leaves that one alone after the third time', async () => {
    await want({ rate: 0 });
    const { id, code, data } = await invited();
    const stop = new AbortController();
    const options = { server: server.url, code, data, mqtt: 'off', logLevel: 'silent' as const, timing };
    const main = new URL('./support/toy-agent-main.ts', import.meta.url);
    const ran = superviseEdge({ options, signal: stop.signal, note: () => undefined, main });
    ends.push(async () => stop.abort());
    const good = (await inEffect(id)).box.revision;
    await want({ crash: true });
    const { box } = await eventually(
      'it to give up',
      async () => {
        const found = await detail(id);
        return found.box.errors.length > 0 && found;
      },
      60_000,
    );
    expect(box.errors[0].message).toContain('3 times');
    expect(box.revision).toBe(good);
    await want({ rate: 0 });
    await inEffect(id);
    stop.abort();
    expect(await ran).toMatchObject({ restarts: 3 });
  }, 120_000);

  it('is not started again for what it cannot work with', async () => {
    const options = { server: server.url, code: 'mwc-aaaa', data: join(folder, 'never'), logLevel: 'silent' as const };
    const main = new URL('./support/toy-agent-main.ts', import.meta.url);
    const ran = superviseEdge({ options, signal: new AbortController().signal, note: () => undefined, main });
    await expect(ran).rejects.toMatchObject({ code: 'EDGE_CODE_INVALID' });
  });
});
