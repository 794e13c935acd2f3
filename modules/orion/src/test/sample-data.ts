import { seededRandom } from '@millwright/imaging';

/** Hours of a machine as CSV: the power follows from load and heat, with some noise; `grade` is a text. */
export function machineCsv(rows: number, seed = 1): string {
  const random = seededRandom(seed);
  const lines = ['time,load,heat,grade,power,fault'];
  for (let row = 0; row < rows; row++) {
    const load = 100 * random();
    const heat = 20 + 10 * Math.sin(row / 24) + 5 * random();
    const grade = 'ABC'[Math.floor(3 * random())]!;
    const power = 0.6 * load + 1.5 * heat + (grade === 'B' ? 12 : 0) + 3 * random();
    const time = new Date(Date.UTC(2026, 0, 1) + row * 3_600_000).toISOString();
    const gap = random() < 0.05;
    const cells = [gap ? '' : load.toFixed(3), heat.toFixed(3), grade, power.toFixed(3), power > 80 ? 'yes' : 'no'];
    lines.push([time, ...cells].join(','));
  }
  return `${lines.join('\n')}\n`;
}
