import type { TrackingScores } from '@millwright/matrixvision';

const columns = ['MOTA', 'MOTP', 'IDF1', 'IDP', 'IDR', 'HOTA', 'DetA', 'AssA', 'LocA', 'Rcll', 'Prcn'] as const;
const counts = ['FP', 'FN', 'IDs', 'FM', 'MT', 'PT', 'ML'] as const;

export const tableHead = (width: number): string =>
  [''.padEnd(width), ...columns.map((name) => name.padStart(5)), ...counts.map((name) => name.padStart(5))].join(' ');

const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);
const whole = (count: number): string => String(count).padStart(5);

export function tableRow(name: string, width: number, scores: TrackingScores): string {
  const { mota, motp, idf1, idp, idr, hota, detA, assA, locA, recall, precision } = scores;
  const { falsePositives, misses, switches, fragmentations, mostlyTracked, partlyTracked, mostlyLost } = scores;
  return [
    name.padEnd(width),
    ...[mota, motp, idf1, idp, idr, hota, detA, assA, locA, recall, precision].map(percent),
    ...[falsePositives, misses, switches, fragmentations, mostlyTracked, partlyTracked, mostlyLost].map(whole),
  ].join(' ');
}
