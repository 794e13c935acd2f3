import type { Line, LineFault } from '../../src/features/manuvision/line/use-line.ts';
import type { Drift, DriftOf, Lot, Proposal } from '../../src/features/manuvision/types.ts';

/** Who tells: ids of the station and of findings, and a time so many minutes before now. */
interface Told {
  readonly station: string;
  readonly finding: string;
  id(number: number): string;
  at(minutes: number): string;
}

/** Brightness has changed, focus nearly; the position did once, and came back. */
export function toldDrift({ station, finding, id, at }: Told): Drift {
  const quantity = (
    name: DriftOf['quantity'],
    state: DriftOf['state'],
    [low, median, high]: readonly [number, number, number],
    now: number,
  ): DriftOf => ({
    ...{ quantity: name, state, distance: 0.3, limit: 0.34, window: 50, now, training: { low, median, high } },
    since: state === 'changed' ? at(90) : null,
    course: Array.from({ length: 60 }, (_, part) => {
      const noise = (high - low) * 0.35 * Math.sin(part * 2.4);
      return { at: at(119 - part), value: (part < 30 ? median : now) + noise };
    }),
  });
  const event = (number: number, name: DriftOf['quantity'], endedAt: string | null) => ({
    ...{ id: id(number), stationId: station, version: 2, quantity: name, since: at(90), foundAt: at(80), endedAt },
    findingId: finding,
  });
  return {
    ...{ version: 2, known: true, parts: 200, partsPerFalseAlarm: 20_000 },
    quantities: [
      quantity('score', 'as trained', [0.5, 0.6, 0.72], 0.61),
      quantity('brightness', 'changed', [0.41, 0.43, 0.45], 0.35),
      quantity('focus', 'near', [118, 124, 131], 119),
      quantity('position', 'as trained', [-1.2, 0.1, 1.4], 0.2),
      quantity('colour', 'as trained', [0.01, 0.02, 0.03], 0.02),
    ],
    events: [event(1, 'brightness', null), event(2, 'position', at(70))],
  };
}

/** One waits and one was turned down. */
export function toldProposals({ station, finding, id, at }: Told): { items: Proposal[]; reviewed: number } {
  const rates = (threshold: number, per1000: number, low: number, high: number, misses: number) => ({
    ...{ threshold, per1000, low, high, misses, defects: 14 },
  });
  const waiting: Proposal = {
    ...{ id: id(1), stationId: station, version: 2, change: 'raise', asked: 10, held: 52, changedParts: 3 },
    ...{ current: rates(1.234, 14.6, 9.8, 21, 0), proposed: rates(1.31, 8.2, 4.9, 13.1, 1) },
    parts: { all: 1872, rejected: 27, reviewed: 41 },
    changed: [1.3, 1.27, 1.25].map((score, part) => ({
      ...{ id: id(20 + part), at: at(200 + part), fileName: `part-37${part}.png`, score, verdict: 'ng' as const },
      ...{ reviewed: part === 2 ? null : ('ok' as const), before: 'ng' as const, after: 'ok' as const },
    })),
    ...{ findingId: finding, at: at(30), by: 'admin' },
    ...{ decision: null, reason: null, decidedAt: null, decidedBy: null, newVersion: null },
  };
  const dismissed: Proposal = {
    ...{ ...waiting, id: id(2), change: 'lower', proposed: rates(1.18, 19, 13, 27, 0), at: at(1500) },
    ...{ decision: 'dismissed', reason: '灯刚换过', decidedAt: at(1490), decidedBy: '李伟' },
  };
  return { items: [waiting, dismissed], reviewed: 41 };
}

/** One is open, one ended with its report. */
export function toldLots({ station, finding, id, at }: Told): Lot[] {
  const lot = (number: number, name: string, endedAt: string | null, reports: Lot['reports']): Lot => ({
    ...{ id: id(number), stationId: station, number: name, startedAt: at(60 + number * 240), startedBy: 'admin' },
    ...{ endedAt, endedBy: endedAt && 'admin', counts: { ok: 431 * number, ng: 7, refused: number - 1 }, reports },
  });
  const report = {
    id: id(9),
    language: 'zh-CN' as const,
    pdf: 'b'.repeat(64),
    findingId: finding,
    at: at(280),
    by: 'admin',
  };
  return [lot(1, '260305-02', null, []), lot(2, '260305-01', at(290), [report])];
}

/** By all ways, in the fail-safe state for want of a picture. */
export function toldLine({ station, at }: Told): Line {
  return {
    settings: {
      ...{ opcua: true, modbusUnit: 7, mqtt: true, trigger: 'line', acknowledge: true, recovery: 'reset' },
      ...{ pictureMs: 2_000, judgingMs: 5_000, acknowledgeMs: 5_000, releaseMs: 5_000 },
      classNumbers: { 缺口: 1 },
      plc: { url: 'opc.tcp://192.168.1.10:4840', security: 'SignAndEncrypt', nodes: { Pass: 'ns=3;s=Pass' } },
    },
    plc: { url: 'opc.tcp://192.168.1.10:4840', problem: null },
    opcua: {
      ...{ url: 'opc.tcp://plant-server:4840', namespace: 'urn:millwright:stations' },
      node: `s=${station}`,
    },
    modbus: { host: 'plant-server', port: 502, unit: 7 },
    shown: {
      ...{ ready: false, busy: false, pass: false, fail: true, fault: true, state: 'Error' },
      ...{ faultCode: 20, faultName: 'NO_PICTURE', className: '缺口', classNumber: 1, score: 1.9, partId: 'A-4711' },
      ...{ trigger: false, acknowledge: false, resultId: 1872, resultValid: false, heartbeat: 321, since: at(2) },
    },
  };
}

export function toldFaults({ id, at }: Told): LineFault[] {
  const fault = { number: 20, code: 'NO_PICTURE' as const, partId: 'A-4711', resultId: 1872 };
  return [
    { ...fault, id: id(1), at: at(2), endedAt: null, resetBy: null },
    { ...fault, id: id(2), at: at(400), endedAt: at(398), resetBy: 'admin' },
  ];
}
