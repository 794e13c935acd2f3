import type { Benchmark, Report } from './benchmark.ts';
import type { Machine } from './machine.ts';

/** Everything a run says, as one JSON object. */
export interface RunRecord extends Report {
  readonly benchmark: string;
  readonly at: string;
  readonly machine: Machine;
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly seconds: number;
  readonly options: Record<string, string>;
}

export function printHead(benchmark: Benchmark, machine: Machine, load: number): string {
  return [
    `${benchmark.name}: ${benchmark.summary}`,
    `machine    ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}; load ${load}`,
    `takes      ${benchmark.duration}`,
  ].join('\n');
}

export function printReport(record: RunRecord): string {
  const width = Math.max(...record.figures.map(({ name }) => name.length));
  return [
    ...record.protocol.map((line, index) => `${index === 0 ? 'protocol  ' : '          '} ${line}`),
    '',
    ...record.figures.map(({ name, value, unit, target, met }) => {
      const shown = typeof value === 'number' ? value.toLocaleString('en') : value;
      const verdict = met === undefined ? '' : `   ${met ? 'met' : 'MISSED'} (${target})`;
      return `  ${name.padEnd(width)}  ${shown.padStart(12)} ${unit ?? ''}${verdict}`;
    }),
    '',
    ...record.compared.map((line) => `compare    ${line}`),
    `load       ${record.loadBefore} before, ${record.loadAfter} after; ${record.seconds} s`,
  ].join('\n');
}
