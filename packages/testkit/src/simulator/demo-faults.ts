import type { Fault } from './model/faults.ts';
import { alignToSlot, dayMs } from './model/time-grid.ts';

const hourMs = 3_600_000;

/** One fault of every kind in the six weeks before `end` (milliseconds since 1970), apart enough to be told from each other. */
export function demoFaults(end: number): Fault[] {
  const at = (daysBefore: number, hour = 0) => alignToSlot(end) - daysBefore * dayMs + hour * hourMs;
  return [
    { kind: 'leak', asset: 'suzhou/compressor-1', from: at(34), to: at(11), magnitude: 150 },
    { kind: 'bearing-wear', asset: 'qingdao/cooling-pump-1', from: at(42), to: at(-7), magnitude: 6 },
    { kind: 'phase-imbalance', asset: 'hamburg/transformer-1', from: at(16), to: at(9), magnitude: 0.18 },
    { kind: 'drift', point: 'suzhou/chiller-1/supply-temperature', from: at(30), to: at(2), magnitude: 2.5 },
    { kind: 'stuck-value', point: 'qingdao/compressor-2/pressure', from: at(8, 3), to: at(7, 1) },
    { kind: 'meter-rollover', point: 'suzhou/water-meter/water-volume', from: at(20, 7), to: at(20, 7) },
    { kind: 'meter-change', point: 'hamburg/boiler-1/gas-volume', from: at(25, 10), to: at(25, 10), magnitude: 0 },
    { kind: 'gap', asset: 'suzhou/grinding-line', from: at(5, 2), to: at(5, 11) },
    { kind: 'clock-skew', asset: 'hamburg/test-line', from: at(4), to: at(3), magnitude: 1800 },
  ];
}
