import { fixedClock } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudModule } from '../server.ts';

let host: TestHost;
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule], clock: fixedClock('2026-06-01T00:00:00Z') });
});
afterAll(() => host.cleanup());

async function importCsv(text: string, request: object = {}) {
  const upload = await host.call('POST', '/api/cloud/uploads', {
    body: Buffer.from(text),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const body = {
    hash: upload.body.hash,
    fileName: 'meter.csv',
    site: 'Works',
    timezone: 'Asia/Shanghai',
    createSite: true,
    ...request,
  };
  const started = await host.call('POST', '/api/cloud/imports', { body });
  expect(started.status).toBe(202);
  const job = await host.jobEnd(started.body.jobId);
  expect(job.state).toBe('done');
  return job.result;
}

const quarterHours = (count: number, value: (index: number) => string = (index) => String(index + 0.5)) =>
  ['time,Usage_kWh', ...Array.from({ length: count }, (_, index) => `${stamp(index)},${value(index)}`)].join('\n');
const stamp = (index: number) =>
  new Date(Date.UTC(2025, 2, 1) + (index + 1) * 900_000).toISOString().slice(0, 16).replace('T', ' ');

describe('an import', () => {
  it('stores every row, tells its period in the file’s zone, and proves itself', async () => {
    const result = await importCsv(quarterHours(96), { source: 'plain' });
    expect(result).toMatchObject({ rows: 96, accepted: 96, rejected: 0, duplicates: 0 });
    expect([result.from, result.to]).toEqual(['2025-03-01T00:15:00+08:00', '2025-03-02T00:00:00+08:00']);
    expect(result.points).toMatchObject([{ unit: 'kW.h', count: 96 }]);
    const verified = await host.call('POST', `/api/ledger/entries/${result.evidence}/verify`, { body: {} });
    expect(verified.body).toMatchObject({ status: 'proved', checked: 1 });
  });

  it('is idempotent: the same file again is all duplicates and changes nothing', async () => {
    const first = await importCsv(quarterHours(50), { source: 'again' });
    const again = await importCsv(quarterHours(50), { source: 'again' });
    expect(again).toMatchObject({ rows: 50, accepted: 0, duplicates: 50, rejected: 0 });
    const pointId = first.points[0].id;
    const period = { from: '2025-02-01T00:00:00Z', to: '2025-04-01T00:00:00Z' };
    const { body } = await host.call('GET', `/api/cloud/points/${pointId}/readings`, { query: period });
    expect(body.total).toBe(50);
  });

  it('keeps the stored value when another one comes for the same time, and says so with both', async () => {
    await importCsv(quarterHours(10), { source: 'conflict' });
    const result = await importCsv(
      quarterHours(12, (index) => (index === 3 ? '99' : String(index + 0.5))),
      { source: 'conflict' },
    );
    expect(result).toMatchObject({ rows: 12, accepted: 2, duplicates: 9, rejected: 1 });
    const { body } = await host.call('GET', '/api/cloud/rejections', { query: { code: 'conflict' } });
    expect(body.items[0].reason).toContain('99 differs from the value 3.5');
    const reason =
      'Usage_kWh at 2025-02-28T17:00:00.000Z: 99 differs from the value 3.5 stored for the same time; the stored one is kept';
    expect(result.rejects).toMatchObject([{ row: 4, reason }]);
    // Two are new, nine were there already with the same value, and one is not stored as the file has it.
    expect(result.points).toMatchObject([{ count: 11 }]);
  });

  it('counts bad rows apart and keeps what arrived', async () => {
    const values = ['1', 'abc', '-5', '2', '1e300', '3'];
    const result = await importCsv(
      quarterHours(6, (index) => values[index]!),
      { source: 'bad rows' },
    );
    expect(result).toMatchObject({ rows: 6, accepted: 3, rejected: 3, duplicates: 0 });
    expect(result.rejects.map(({ row, reason }: { row: number; reason: string }) => [row, reason])).toEqual([
      [2, expect.stringContaining('"abc", which is not a number')],
      [3, expect.stringContaining('-5 is negative')],
      [5, expect.stringContaining('beyond 1e15')],
    ]);
    const { body } = await host.call('GET', '/api/cloud/rejections', { query: { importId: result.importId } });
    expect(body.items.map(({ code }: { code: string }) => code).sort()).toEqual([
      'negative-consumption',
      'not-a-number',
      'out-of-range',
    ]);
  });

  it('says when a file gives a known point in another unit', async () => {
    const long = (unit: string, day: number) =>
      [
        'time,tag,value,unit',
        ...[0, 15, 30].map((minute) => `2025-03-0${day} 00:${minute || '00'},main,${minute},${unit}`),
      ].join('\n');
    await importCsv(long('kWh', 1), { source: 'two units' });
    const result = await importCsv(long('MWh', 2), { source: 'two units' });
    expect(result.points).toMatchObject([{ unit: 'kW.h', count: 3 }]);
    const text = 'The file gives main in MW.h, but the point is in kW.h; the values were stored as they stand.';
    expect(result.warnings).toMatchObject([{ text }]);
  });

  it('ends well whatever a rejected row holds, a NUL byte or a character that the list cuts in two', async () => {
    const face = `2025-03-01 02:00,${'x'.repeat(182)}\u{1f600}`;
    const result = await importCsv(`${quarterHours(3)}\n2025-03-01 01:00,1\0\n${face}\n`, { source: 'odd text' });
    expect(result).toMatchObject({ rows: 5, accepted: 3, rejected: 2 });
    expect(result.rejects[0]).toMatchObject({ row: 4, raw: '2025-03-01 01:00,1␀' });
    expect(result.rejects[1].raw).toBe(`2025-03-01 02:00,${'x'.repeat(182)}\ufffd`);
  });

  it('rejects readings from the future', async () => {
    const rows = [
      'time,Usage_kWh',
      '2026-05-31 00:00,1',
      '2026-05-31 00:15,2',
      '2026-05-31 00:30,3',
      '2031-05-31 00:45,4',
    ].join('\n');
    const result = await importCsv(rows, { source: 'future' });
    expect(result).toMatchObject({ accepted: 3, rejected: 1, to: '2026-05-31T00:30:00+08:00', points: [{ count: 3 }] });
    expect(result.rejects[0].reason).toContain('lies in the future');
  });

  it('says what of the guesses should be looked at, and tells times below the second', async () => {
    const result = await importCsv('ts,flow [furlongs]\n1740787200.250,1\n1740787260.250,2\n', { source: 'doubtful' });
    expect(result.warnings).toMatchObject([{ text: expect.stringContaining('"furlongs" is not known') }]);
    expect([result.from, result.to]).toEqual(['2025-03-01T08:00:00.250+08:00', '2025-03-01T08:01:00.250+08:00']);
    expect(result.points).toMatchObject([{ unit: '1', count: 2 }]);
  });

  describe('that was corrected', () => {
    const german = (rows: string[]) => ['when;Zähler', ...rows].join('\n');
    const text = german(['01.02.2025 00:00;1,5', '01.02.2025 00:15;2,5']);
    const inspect = async (content: string, request: object = {}) => {
      const upload = await host.call('POST', '/api/cloud/uploads', {
        body: Buffer.from(content),
        headers: { 'content-type': 'application/octet-stream' },
      });
      const body = { hash: upload.body.hash, fileName: 'z.csv', timezone: 'Europe/Berlin', site: 'Works', ...request };
      return (await host.call('POST', '/api/cloud/imports/inspect', { body })).body;
    };
    const valueColumn = ({ mapping }: { mapping: { columns: { role: string }[] } }) =>
      mapping.columns.find(({ role }) => role === 'value');
    const named = { name: 'Main meter', unit: 'kW.h', kind: 'delta' };

    async function correct(): Promise<void> {
      const { mapping } = await inspect(text, { anew: true });
      Object.assign(mapping.columns[1], named);
      await importCsv(text, { source: 'remember', mapping });
    }

    it('is remembered for the site’s next file of the same columns, until somebody has it forgotten', async () => {
      await importCsv(quarterHours(2), { source: 'any' });
      expect((await inspect(text)).remembered).toBeNull();
      await correct();
      const offered = await inspect(text);
      expect(offered.remembered).toMatchObject({ fileName: 'meter.csv' });
      expect(valueColumn(offered)).toMatchObject(named);
      // Another site's files of these columns may be something else.
      expect((await inspect(text, { site: undefined })).remembered).toBeNull();
      const { body } = await host.call('GET', '/api/cloud/import-mappings');
      expect(body.items).toMatchObject([{ fileName: 'meter.csv', columns: ['when', 'Zähler'] }]);
      const path = `/api/cloud/import-mappings/${offered.signature}`;
      expect((await host.call('DELETE', path, { query: { site: 'Works' } })).status).toBe(204);
      expect((await inspect(text)).remembered).toBeNull();
      expect((await host.call('DELETE', path, { query: { site: 'Works' } })).body.error.code).toBe('MAPPING_UNKNOWN');
    });

    it('is not remembered when nothing was corrected', async () => {
      const { mapping } = await inspect(text);
      await importCsv(text, { source: 'remember', mapping, remember: false });
      expect((await inspect(text)).remembered).toBeNull();
    });

    it('is not offered for a file that it does not read, and that is said', async () => {
      await correct();
      const american = await inspect(
        german(['2025-02-01 00:00:00;1.5', '2025-02-01 00:15:00;2.5', '2025-02-01 00:30:00;3']),
      );
      expect(american.remembered).toBeNull();
      expect(american.warnings[0].text).toContain('remembered from meter.csv do not fit');
      expect(american.mapping.time.format).toBe('YYYY-MM-DD HH:mm:ss[.SSS]');
    });

    it('is shown as it will be read: around what was chosen, or with the mapping at hand', async () => {
      const content = 'start;end;kWh\n2025-02-01 00:00;2025-02-01 00:15;1\n2025-02-01 00:15;2025-02-01 00:30;2\n';
      expect((await inspect(content)).mapping.time).toMatchObject({ columns: [1], stamp: 'start' });
      const { mapping: ends } = await inspect(content, { chosen: { timeColumns: [2] } });
      expect(ends.time).toMatchObject({ columns: [2], stamp: 'end' });
      expect(ends.columns[0]).toMatchObject({
        role: 'ignore',
        reason: { text: expect.stringContaining('holds a time too') },
      });

      const { mapping } = await inspect(text, { anew: true });
      expect((await inspect(text, { mapping })).preview[0]).toMatchObject({
        time: '2025-01-31T23:00:00.000Z',
        values: { Zähler: 1.5 },
      });
      mapping.time.timezone = 'Asia/Shanghai';
      mapping.decimal = '.';
      const [first] = (await inspect(text, { mapping })).preview;
      expect(first.time).toBeUndefined();
      expect(first.rejected).toContain('"1,5", which is not a number');
      mapping.time.format = 'YYYY-MM-DD';
      expect((await inspect(text, { mapping })).preview[0].rejected).toContain('does not fit YYYY-MM-DD');
    });

    it.each([
      [{ encoding: 'windows-1252' }, { encoding: 'windows-1252', header: ['when', 'ZÃ¤hler'] }],
      [
        { headerRows: 0, skipRows: 1 },
        { headerRows: 0, skipRows: 1, header: [] },
      ],
      [{ decimal: '.' }, { decimal: '.', thousands: '' }],
      [{ timeColumns: [1] }, { time: { columns: [1] } }],
    ])('is guessed anew around %j', async (chosen, mapping) => {
      const wide = german(['01.02.2025 00:00;1,5', '01.02.2025 00:15;2', '01.02.2025 00:30;3']);
      expect((await inspect(wide, { chosen })).mapping).toMatchObject(mapping);
    });
  });

  it('shows up hour by hour in the delivery ledger', async () => {
    const result = await importCsv(quarterHours(8), { source: 'ledgered' });
    const query = { sourceId: result.source.id, from: '2025-02-28T00:00:00Z', to: '2025-03-02T00:00:00Z' };
    const { body } = await host.call('GET', '/api/cloud/delivery', { query });
    const sum = (key: string) =>
      body.items.reduce((total: number, hour: Record<string, number>) => total + hour[key]!, 0);
    expect([sum('received'), sum('stored'), sum('historical')]).toEqual([8, 8, 8]);
  });

  it('says which sites there are when the site is unknown and must not be made', async () => {
    await importCsv(quarterHours(2), { source: 'any' });
    const upload = await host.call('POST', '/api/cloud/uploads', {
      body: Buffer.from('a,b\n1,2'),
      headers: { 'content-type': 'application/octet-stream' },
    });
    const body = { hash: upload.body.hash, fileName: 'a.csv', site: 'Elsewhere' };
    const answer = await host.call('POST', '/api/cloud/imports', { body });
    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toContain('Works');
  });
});
