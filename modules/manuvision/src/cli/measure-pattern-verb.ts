import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { manuvisionErrors } from '../errors.ts';

export const measurePatternVerb: Verb = {
  name: 'measure pattern',
  summary: 'Let a plan find the part by a piece of the picture that its regions were drawn on; needs no server.',
  arguments: [{ name: 'PICTURE', summary: 'The picture that the regions were drawn on.' }],
  options: [
    { name: 'plan', summary: 'The plan, whose datum is set.', placeholder: 'FILE', required: true },
    {
      name: 'region',
      summary: 'The piece in pixels, each side 16 to 512: left, top, width, height.',
      placeholder: 'X,Y,WIDTH,HEIGHT',
      required: true,
    },
    { name: 'out', summary: 'File for the plan; left out, the same one.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options }) {
    const [{ greyPlane, readPicture }, { readPlan }, { cutPattern }, { planSchema }] = await Promise.all([
      import('@millwright/imaging'),
      import('../measuring/read-json-file.ts'),
      import('../measuring/find-datum-pattern.ts'),
      import('../measuring/plan.ts'),
    ]);
    const file = resolve(String(options.plan));
    const plan = await readPlan(file);
    const name = resolve(given.PICTURE!);
    const plane = greyPlane(await readPicture(await readFile(name), { name }));
    const numbers = String(options.region).split(',').map(Number);
    const [x = -1, y = -1, width = 0, height = 0] = numbers;
    const sides = numbers.length === 4 && numbers.every(Number.isInteger) && Math.min(width, height) >= 16;
    const inside = x >= 0 && y >= 0 && x + width <= plane.width && y + height <= plane.height;
    if (!sides || !inside || Math.max(width, height) > 512)
      throw manuvisionErrors.MANUVISION_OPTION_INVALID({
        ...{ option: '--region', value: String(options.region) },
        wanted: 'X,Y,WIDTH,HEIGHT within the picture, each side 16 to 512 pixels',
      });
    const placed = planSchema.parse({ ...plan, datum: { pattern: cutPattern(plane, { x, y, width, height }) } });
    const out = resolve(String(options.out ?? file));
    await writeFile(out, `${JSON.stringify(placed, null, 2)}\n`);
    return { plan: out };
  },
  print: ({ plan }: { plan: string }) => `plan      ${plan}`,
};
