import { greyPlane } from '@millwright/imaging';
import {
  damagedCode,
  damages,
  decodeCodesPlainly as decode,
  readCodes,
  readFrames,
  sampleFormats,
} from '@millwright/manuvision/analyse';
import type { Benchmark, Figure } from '../lib/benchmark.ts';
import { quantile, round } from '../lib/statistics.ts';

interface Count {
  pictures: number;
  tryHarder: number;
  fast: number;
  ours: number;
}

const percent = (part: number, of: number) => (of ? round((100 * part) / of) : 0);

export const codes: Benchmark = {
  name: 'codes',
  summary: 'codes with 13 damages of five strengths: read rate beside plain ZXing-C++, wrong reads, time a picture',
  duration: '5 minutes for each seed on one core',
  options: [
    { name: 'seed', default: '1000', summary: 'first seed; development used 1 to 3' },
    { name: 'count', default: '3', summary: 'seeds: codes of each format, damage and strength' },
    { name: 'damage', default: '', summary: 'only these, parted by commas' },
    { name: 'frames', default: '0', summary: 'also the ladle codes from so many pictures of each together' },
  ],
  async run(context) {
    const first = context.number('seed');
    const count = context.number('count');
    const names = context.option('damage') ? context.option('damage').split(',') : Object.keys(damages);
    const total: Count = { pictures: 0, tryHarder: 0, fast: 0, ours: 0 };
    const low: Count = { ...total };
    const times: { plain: number[]; ours: number[] } = { plain: [], ours: [] };
    const wrong = { plain: 0, ours: 0, oursSure: 0 };
    const lines: string[] = [];
    for (const damage of names)
      for (const strength of [1, 2, 3, 4, 5]) {
        const cell: Count = { pictures: 0, tryHarder: 0, fast: 0, ours: 0 };
        for (let seed = first; seed < first + count; seed++)
          for (const format of sampleFormats) {
            const { value, picture } = await damagedCode({ seed, index: 0, format, damage, strength });
            const plane = greyPlane(picture);
            let begun = process.cpuUsage();
            const plain = await decode(plane, {});
            times.plain.push(since(begun));
            const fast = await decode(plane, {
              tryHarder: false,
              tryRotate: false,
              tryInvert: false,
              tryDownscale: false,
            });
            begun = process.cpuUsage();
            const { codes: ours } = await readCodes(picture);
            times.ours.push(since(begun));
            cell.pictures++;
            if (plain.some(({ text }) => text === value)) cell.tryHarder++;
            if (fast.some(({ text }) => text === value)) cell.fast++;
            if (ours.some((code) => code.value === value)) cell.ours++;
            if (plain.some(({ text }) => text !== value)) wrong.plain++;
            const others = ours.filter((code) => code.value !== value);
            if (others.length > 0) wrong.ours++;
            if (others.some(({ confidence }) => confidence >= 0.75)) wrong.oursSure++;
          }
        add(total, cell);
        if (cell.tryHarder / cell.pictures < 0.4) add(low, cell);
        lines.push(
          `| ${damage} | ${strength} | ${percent(cell.fast, cell.pictures)} | ${percent(cell.tryHarder, cell.pictures)} | ${percent(cell.ours, cell.pictures)} |`,
        );
        context.note(lines.at(-1)!);
      }
    const together = await framesFigures(context.number('frames'), first, count);
    const gain = round(low.ours / Math.max(low.tryHarder, 1), 1);
    const figures: Figure[] = [
      { name: 'read, plain with all its options off', value: percent(total.fast, total.pictures), unit: '%' },
      { name: 'read, plain', value: percent(total.tryHarder, total.pictures), unit: '%' },
      { name: 'read, ours', value: percent(total.ours, total.pictures), unit: '%' },
      { name: 'where plain reads under 40 %: plain', value: percent(low.tryHarder, low.pictures), unit: '%' },
      { name: 'where plain reads under 40 %: ours', value: percent(low.ours, low.pictures), unit: '%' },
      { name: 'where plain reads under 40 %: times as many', value: gain, target: '>= 2', met: gain >= 2 },
      { name: 'wrong values, plain', value: round((100 * wrong.plain) / total.pictures, 2), unit: '% of pictures' },
      { name: 'wrong values, ours', value: round((100 * wrong.ours) / total.pictures, 2), unit: '% of pictures' },
      {
        name: 'wrong values of a confidence of 0.75 or more, ours',
        value: round((100 * wrong.oursSure) / total.pictures, 2),
        unit: '% of pictures',
      },
      { name: 'plain, processor time a picture, median', value: round(quantile(times.plain, 0.5)), unit: 'ms' },
      { name: 'ours, processor time a picture, median', value: round(quantile(times.ours, 0.5)), unit: 'ms' },
      { name: 'ours, processor time a picture, p95', value: round(quantile(times.ours, 0.95)), unit: 'ms' },
      ...together,
    ];
    return {
      protocol: [
        `Codes drawn by \`manuvision codes damage\` with the seeds ${first} to ${first + count - 1}: ${names.length} damages, strengths 1 to 5, ${sampleFormats.join(', ')}; ${total.pictures} pictures. Nothing was chosen by these seeds.`,
        'Read: one of the values that came back is the right one. Wrong: one that came back is another.',
        'Neither is told the format, nor which values there can be. Ours has the usual budget.',
        `| damage | strength | plain, options off, % | plain, % | ours, % |\n| --- | ---: | ---: | ---: | ---: |\n${lines.join('\n')}`,
      ],
      figures,
      compared: [
        'Plain: zxing-wasm 3.1 as it comes: tryHarder, tryRotate, tryInvert and tryDownscale on, every format.',
      ],
    };
  },
};

const since = (begun: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
};

function add(to: Count, cell: Count): void {
  to.pictures += cell.pictures;
  to.tryHarder += cell.tryHarder;
  to.fast += cell.fast;
  to.ours += cell.ours;
}

/** Several pictures of the same ladle code: read by the best of them alone, and together. */
async function framesFigures(frames: number, first: number, count: number): Promise<Figure[]> {
  if (frames < 2) return [];
  let [all, alone, together] = [0, 0, 0];
  for (let seed = first; seed < first + count; seed++)
    for (const strength of [3, 4, 5])
      for (const format of sampleFormats) {
        const pictures = [];
        let value = '';
        for (let frame = 0; frame < frames; frame++) {
          const drawn = await damagedCode({ seed, index: 0, format, damage: 'ladle', strength, frame });
          pictures.push(drawn.picture);
          value = drawn.value;
        }
        all++;
        if ((await readCodes(pictures[0]!)).codes.some((code) => code.value === value)) alone++;
        if ((await readFrames(pictures)).codes.some((code) => code.value === value)) together++;
      }
  return [
    { name: 'ladle, strengths 3 to 5, one picture', value: percent(alone, all), unit: '%' },
    { name: `ladle, strengths 3 to 5, ${frames} pictures together`, value: percent(together, all), unit: '%' },
  ];
}
