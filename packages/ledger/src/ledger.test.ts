import { type Actor, actorErrors, defineNotes, fixedClock, newId } from '@millwright/kernel';
import { createTestDatabase, type TestDatabase } from '@millwright/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EvidenceMethod, hashOf, type InputKind, Ledger, ledgerMigrations, sha256 } from './index.ts';

const auditor: Actor = { kind: 'user', id: 'u1', name: 'wang', role: 'auditor' };
const zeros = '0'.repeat(64);

let test: TestDatabase;
let ledger: Ledger;
const clock = fixedClock('2024-03-01T08:00:00.000Z');
beforeAll(async () => {
  test = await createTestDatabase([{ module: 'ledger', folder: ledgerMigrations }]);
});
afterAll(() => test.cleanup());
beforeEach(async () => {
  await test.db.execute(
    `delete from ledger_entry; delete from ledger_head; insert into ledger_head (sequence, hash) values (0, '${zeros}')`,
  );
  ledger = new Ledger(test.db, clock);
});

/** Records the actions 1 to `count`. */
async function record(count: number) {
  const entries = [];
  for (let index = 1; index <= count; index += 1) {
    clock.advance(1000);
    entries.push(
      await ledger.record(auditor, { type: 'plant.change', subject: `asset ${index}`, content: { value: index } }),
    );
  }
  return entries;
}

/** What the walk over the chain finds, shortened to place and kind. */
async function found(anchor?: { sequence: number; hash: string }): Promise<string[]> {
  const { problems } = await ledger.verifyChain(auditor, anchor);
  return problems!.map(({ sequence, problem }) => `${sequence} ${problem}`);
}

describe('the chain', () => {
  it('is proved while nobody touched it', async () => {
    const entries = await record(5);
    expect(await ledger.verifyChain(auditor)).toEqual({
      status: 'proved',
      checked: 5,
      problems: [],
      head: { sequence: 5, hash: entries[4]!.hash },
    });
    expect(await ledger.head(auditor)).toEqual({ sequence: 5, hash: entries[4]!.hash });
  });

  it('is proved when it is empty', async () => {
    expect(await ledger.verifyChain(auditor)).toMatchObject({
      status: 'proved',
      checked: 0,
      head: { sequence: 0, hash: zeros },
    });
  });

  it('links each entry to the one before by a hash that anyone can compute again', async () => {
    const [first, second] = await record(2);
    expect(first!.previousHash).toBe(zeros);
    expect(second!.previousHash).toBe(first!.hash);
    // Canonical JSON, keys in alphabetical order, every field of the row but the hash itself.
    const said =
      `{"actor_id":"u1","actor_name":"wang","at":"${first!.at}","content":"{\\"value\\":1}","id":"${first!.id}","kind":"action",` +
      `"previous_hash":"${zeros}","sequence":1,"site_id":null,"subject":"asset 1","type":"plant.change"}`;
    expect(sha256(said)).toBe(first!.hash);
  });

  it('is one chain when many record at the same time', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => ledger.record(auditor, { type: 'plant.change', content: { index } })),
    );
    expect(await ledger.verifyChain(auditor)).toMatchObject({ status: 'proved', checked: 30 });
  });

  it('may grow while it is walked', async () => {
    await record(20);
    const walks = Array.from({ length: 5 }, async () => (await ledger.verifyChain(auditor)).problems);
    const [problems] = await Promise.all([Promise.all(walks), record(20)]);
    expect(problems).toEqual([[], [], [], [], []]);
  });

  it('records nothing of a transaction that was rolled back', async () => {
    await record(1);
    const failing = test.db.transaction(async () => {
      await ledger.record(auditor, { type: 'plant.change', content: {} });
      throw new Error('not after all');
    });
    await expect(failing).rejects.toThrow();
    await record(1);
    expect(await ledger.verifyChain(auditor)).toMatchObject({ status: 'proved', checked: 2 });
  });
});

describe('a hand in the database', () => {
  let hashes: string[];
  beforeEach(async () => {
    hashes = (await record(6)).map(({ hash }) => hash);
  });
  const sql = (statement: string) => test.db.execute(statement);

  it.each([
    ['content', `content = '{"value":99}'`],
    ['actor', `actor_name = 'li'`],
    ['actor’s id', `actor_id = 'u2'`],
    ['time', `at = at + interval '1 hour'`],
    ['type', `type = 'plant.other'`],
    ['subject', `subject = null`],
    ['site', `site_id = '${newId()}'`],
    ['kind', `kind = 'finding'`],
    ['id', `id = '${newId()}'`],
  ])('that alters the %s of an entry is found at that entry', async (_what, change) => {
    await sql(`update ledger_entry set ${change} where sequence = 3`);
    expect(await found()).toEqual(['3 altered']);
  });

  it('that alters an entry and gives it a fitting hash is found at the link after it', async () => {
    const { rows } = await test.db.query<Record<string, unknown>>('select * from ledger_entry where sequence = 3');
    const { hash: _, ...said } = { ...rows[0]!, content: '{"value":99}' } as Record<string, unknown>;
    await test.db.query(`update ledger_entry set content = $1, hash = $2 where sequence = 3`, [
      '{"value":99}',
      hashOf(said),
    ]);
    expect(await found()).toEqual(['4 broken link']);
  });

  it.each([
    ['the first', [1]],
    ['one in the middle', [3]],
    ['two in the middle', [3, 4]],
    ['the last', [6]],
  ])('that deletes %s is found, and what is missing named', async (_what, sequences) => {
    await sql(`delete from ledger_entry where sequence in (${sequences.join()})`);
    expect(await found()).toEqual(sequences.map((sequence) => `${sequence} missing`));
  });

  it('that deletes everything is found', async () => {
    await sql('delete from ledger_entry');
    expect(await found()).toEqual(['1 missing']);
  });

  it('that closes the gap by renumbering is found', async () => {
    await sql(
      'delete from ledger_entry where sequence = 3; update ledger_entry set sequence = sequence - 1 where sequence > 3',
    );
    expect(await found()).toEqual(['3 altered', '3 broken link', '4 altered', '5 altered', '6 missing']);
  });

  it.each([
    ['neighbours', 2, 3],
    ['entries far apart', 2, 5],
  ])('that swaps two %s is found at both', async (_what, one, other) => {
    await sql(
      `update ledger_entry set sequence = -1 where sequence = ${one};
       update ledger_entry set sequence = ${one} where sequence = ${other};
       update ledger_entry set sequence = ${other} where sequence = -1`,
    );
    const problems = await found();
    expect(problems).toContain(`${one} reordered`);
    expect(problems).toContain(`${other} reordered`);
    expect(problems.filter((problem) => problem.endsWith('missing'))).toEqual([]);
  });

  it('that swaps what two entries say is found at both', async () => {
    await sql(
      `update ledger_entry e set content = o.content from ledger_entry o where (e.sequence, o.sequence) in ((2, 4), (4, 2))`,
    );
    expect(await found()).toEqual(['2 altered', '4 altered']);
  });

  it('that moves an entry far away is found without counting to there', async () => {
    await sql('update ledger_entry set sequence = 9000000000000 where sequence = 6');
    const problems = await found();
    expect(problems[0]).toBe('6 missing');
    expect(problems).toHaveLength(100);
  });

  it('that changes the head is found', async () => {
    await sql(`update ledger_head set hash = repeat('f', 64)`);
    expect(await found()).toEqual(['6 head mismatch']);
    await sql(`update ledger_head set sequence = 4, hash = '${hashes[3]}'`);
    expect(await found()).toEqual(['4 head mismatch']);
    await sql(`update ledger_head set sequence = 9, hash = '${hashes[5]}'`);
    expect(await found()).toEqual(['7 missing']);
  });

  it('that removes the head is found, and nothing is recorded after it', async () => {
    await sql('delete from ledger_head');
    expect(await found()).toEqual(['0 head mismatch']);
    await expect(ledger.record(auditor, { type: 'plant.change', content: {} })).rejects.toMatchObject({
      code: 'LEDGER_HEAD_MISSING',
    });
  });

  it('that cuts off the end and turns the head back is found by a head kept elsewhere', async () => {
    const anchor = await ledger.head(auditor);
    await sql(
      `delete from ledger_entry where sequence > 4; update ledger_head set sequence = 4, hash = '${hashes[3]}'`,
    );
    expect(await found()).toEqual([]);
    expect(await found(anchor)).toEqual(['6 anchor mismatch']);
    await record(3);
    expect(await found(anchor)).toEqual(['6 anchor mismatch']);
  });
});

describe('an anchor', () => {
  it('stays in the chain as the chain grows', async () => {
    await record(2);
    const anchor = await ledger.head(auditor);
    await record(3);
    expect(await found(anchor)).toEqual([]);
  });

  it('of an empty ledger fits every ledger', async () => {
    const anchor = await ledger.head(auditor);
    await record(1);
    expect(await found(anchor)).toEqual([]);
  });
});

const shelfNotes = defineNotes('shelf', { changed: ({ count }: { count: number }) => `${count} reading(s) changed` });

describe('a finding', () => {
  const shelf = new Map<string, number[]>();
  /** Readings on a shelf: pinned by the hash of all, located by the place of each. */
  const readings: InputKind = {
    kind: 'readings',
    async pin(reference) {
      const values = shelf.get(reference as string);
      if (!values) throw new Error('the shelf is empty');
      return { sha256: hashOf(values), count: values.length, parts: values };
    },
    async locate(pinned, now) {
      const after = now.parts as number[];
      const places = (pinned.parts as number[]).flatMap((value, index) => (value === after[index] ? [] : [index]));
      return { note: shelfNotes.changed({ count: places.length }), places };
    },
  };
  const total = (version: string, factor: (parameters: unknown) => number): EvidenceMethod => ({
    id: 'toy.total',
    version,
    description: 'Sum of readings times a factor.',
    async run(parameters, inputs) {
      const sum = inputs.flatMap(({ reference }) => shelf.get(reference as string)!).reduce((a, b) => a + b, 0);
      return { sum: sum * factor(parameters), unit: { text: 'kW.h' } };
    },
  });
  const first = total('1', (parameters) => (parameters as { factor: number }).factor);

  beforeEach(() => {
    shelf.clear();
    shelf.set('meter', [1, 2, 3]);
    ledger.registerInput(readings);
    ledger.registerMethod(first);
  });
  const conclude = () =>
    ledger.conclude<{ sum: number }>(auditor, {
      method: 'toy.total',
      parameters: { factor: 10 },
      inputs: [{ kind: 'readings', reference: 'meter' }],
      subject: 'meter',
    });

  it('is proved by running its method again on the same inputs', async () => {
    const { id, output } = await conclude();
    expect(output).toEqual({ sum: 60, unit: { text: 'kW.h' } });
    expect(await ledger.verify(auditor, id)).toEqual({
      id,
      status: 'proved',
      checked: 1,
      method: { id: 'toy.total', version: '1' },
    });
  });

  it('keeps what went in by hash and count, how, and what came out', async () => {
    const { id } = await conclude();
    const entry = await ledger.entry(auditor, id);
    expect(entry).toMatchObject({
      kind: 'finding',
      type: 'toy.total',
      subject: 'meter',
      actor: { id: 'u1', name: 'wang' },
    });
    expect(entry.content).toEqual({
      method: { id: 'toy.total', version: '1' },
      parameters: { factor: 10 },
      inputs: [{ kind: 'readings', reference: 'meter', sha256: sha256('[1,2,3]'), count: 3, parts: [1, 2, 3] }],
      output: { sum: 60, unit: { text: 'kW.h' } },
    });
  });

  it('says which input changed and where', async () => {
    const { id } = await conclude();
    shelf.set('meter', [1, 5, 3]);
    expect(await ledger.verify(auditor, id)).toMatchObject({
      status: 'inputs changed',
      changes: [{ kind: 'readings', reference: 'meter', message: '1 reading(s) changed', places: [1] }],
    });
  });

  it('says that an input cannot be read any more', async () => {
    const { id } = await conclude();
    shelf.clear();
    expect(await ledger.verify(auditor, id)).toMatchObject({
      status: 'inputs changed',
      changes: [{ message: 'cannot be read again: the shelf is empty' }],
    });
  });

  it('differs when its method gives another result, and says where', async () => {
    const { id } = await conclude();
    ledger.registerMethod(total('1', () => 11));
    expect(await ledger.verify(auditor, id)).toMatchObject({
      status: 'differs',
      differences: [{ path: '/sum', recorded: 60, now: 66 }],
    });
  });

  it('stays provable by the version it was made with, after a newer one came', async () => {
    const { id } = await conclude();
    ledger.registerMethod(total('2', () => 11));
    expect((await ledger.verify(auditor, id)).status).toBe('proved');
    expect((await conclude()).output.sum).toBe(66);
  });

  it('outlives its method: then it cannot be run again, and says so', async () => {
    const { id } = await conclude();
    const without = new Ledger(test.db, clock);
    expect(await without.verify(auditor, id)).toMatchObject({ status: 'method gone', checked: 1 });
    without.registerMethod(first); // The kind of its input is still unknown.
    expect((await without.verify(auditor, id)).status).toBe('method gone');
  });

  it('that was altered in the database differs, whatever its method says', async () => {
    const { id } = await conclude();
    await test.db.query(`update ledger_entry set content = replace(content, '60', '61') where id = $1`, [id]);
    expect(await ledger.verify(auditor, id)).toMatchObject({
      status: 'differs',
      problems: [{ sequence: 1, problem: 'altered' }],
    });
  });

  it('is not recorded when its output cannot be said in JSON', async () => {
    ledger.registerMethod({ ...first, run: async () => ({ sum: Number.NaN }) });
    await expect(conclude()).rejects.toThrow('canonical JSON cannot hold NaN');
    expect((await ledger.head(auditor)).sequence).toBe(0);
  });

  it('needs a method and inputs that are registered', async () => {
    const inputs = [{ kind: 'photos', reference: 1 }];
    await expect(ledger.conclude(auditor, { method: 'toy.other', parameters: {}, inputs: [] })).rejects.toMatchObject({
      code: 'LEDGER_METHOD_UNKNOWN',
      message: expect.stringContaining('known are toy.total'),
    });
    await expect(ledger.conclude(auditor, { method: 'toy.total', parameters: {}, inputs })).rejects.toMatchObject({
      code: 'LEDGER_INPUT_UNKNOWN',
    });
  });

  it('is not an action: that has nothing to run again', async () => {
    const [action] = await record(1);
    await expect(ledger.verify(auditor, action!.id)).rejects.toMatchObject({ code: 'LEDGER_NOT_A_FINDING' });
    await expect(ledger.verify(auditor, newId())).rejects.toMatchObject({ code: 'LEDGER_ENTRY_UNKNOWN' });
  });
});

describe('reading the ledger', () => {
  it('lists the newest first, by page, kind, subject and words', async () => {
    await record(5);
    const sequences = async (filter: Parameters<Ledger['list']>[1]) =>
      (await ledger.list(auditor, filter)).map(({ sequence }) => sequence);
    expect(await sequences({})).toEqual([5, 4, 3, 2, 1]);
    expect(await sequences({ limit: 2 })).toEqual([5, 4]);
    expect(await sequences({ limit: 2, before: 4 })).toEqual([3, 2]);
    expect(await sequences({ subject: 'asset 2' })).toEqual([2]);
    expect(await sequences({ kind: 'finding' })).toEqual([]);
    expect(await sequences({ search: '"value":3' })).toEqual([3]);
    expect(await sequences({ search: 'WANG', limit: 1 })).toEqual([5]);
    expect(await sequences({ search: '%' })).toEqual([]);
    expect(await sequences({ search: 'asset 4' })).toEqual([4]);
    const [newest] = await ledger.list(auditor, { limit: 1 });
    expect(await sequences({ search: newest!.id.slice(-8) })).toEqual([5]);
  });

  it('shows an actor with rights on one site nothing of another', async () => {
    const [here, there] = [newId(), newId()];
    const mine = await ledger.record(auditor, { type: 'a.b', siteId: here, content: {} });
    const other = await ledger.record(auditor, { type: 'a.b', siteId: there, content: {} });
    const limited: Actor = { ...auditor, siteIds: [here] };
    expect((await ledger.list(limited, {})).map(({ id }) => id)).toEqual([mine.id]);
    await expect(ledger.entry(limited, other.id)).rejects.toMatchObject({ code: 'ACCESS_SITE_DENIED' });
    await expect(ledger.verify(limited, other.id)).rejects.toMatchObject({ code: 'ACCESS_SITE_DENIED' });
  });

  it('lets only those verify the chain who may', async () => {
    const viewer: Actor = { ...auditor, role: 'viewer' };
    await expect(ledger.verifyChain(viewer)).rejects.toThrow(
      actorErrors.ACCESS_DENIED({ permission: 'ledger.chain.verify', actor: 'wang' }).message,
    );
  });
});
