import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '@millwright/ledger';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { bodyParts } from '../parts/body-part.ts';
import { type Taught, teachingVersion } from '../teaching/teach.ts';
import { teachOnThread } from '../work/teach-on-thread.ts';
import { readExamples } from './example-folder.ts';

const parametersSchema = z.strictObject({
  name: z.string().min(1).max(100),
  part: z.enum(bodyParts),
  shows: z.enum(['part', 'person']),
  seed: z.number().int(),
  examples: z.array(z.strictObject({ id: z.string(), present: z.boolean(), group: z.string() })).max(400),
});
export type TeachParameters = z.output<typeof parametersSchema>;

export interface TeachSummary extends Omit<Taught, 'model'> {
  readonly learner: string;
  /** Pictures in which the part cannot be judged. */
  readonly unseen: readonly string[];
}

/** What `attribute teach` writes, by the method's own name. */
export const modelFile = 'attribute.json';

export const teachMethod: FileMethod = {
  id: 'matrixvision.attribute-teach',
  version: teachingVersion,
  description:
    'Learns an attribute of a part of people from pictures with and without it; learner chosen and judged by nested cross-validation with whole groups on one side (Varma and Simon, 2006), calibrated after Platt (1999).',
  async run(parameters, inputs, { folder, signal, progress }) {
    const { name, part, shows, seed, examples: places } = parametersSchema.parse(parameters);
    const { examples, unseen } = await readExamples(inputs, places, part, { shows });
    progress(0.1);
    const taught = await teachOnThread(
      { name, part, seed, examples },
      { signal, progress: (share) => progress(0.1 + 0.9 * share) },
    );
    const { model, ...result } = taught;
    await writeFile(join(folder, modelFile), `${canonicalJson(model)}\n`);
    return { output: { learner: model.learner, ...result, unseen } satisfies TeachSummary, files: [modelFile] };
  },
};
