import { bundledBackbones } from '@millwright/inference';
import { z } from 'zod';

/** Of good parts, where there are some among the classes. */
export const goodClass = 'good';

/** What telling classes apart can be told; every member has a default. */
export const classSettingsSchema = z.strictObject({
  /** Side in pixels of the square that pictures are scaled to; a multiple of 32. */
  side: z.number().int().min(64).max(1024).multipleOf(32).default(224),
  /** Name of a bundled backbone, or the path of a backbone card. */
  backbone: z.string().min(1).default('centernet'),
  /** Layers of it; left out, a spread from fine to coarse. */
  layers: z.array(z.string().min(1)).min(1).optional(),
});
export type ClassSettings = z.output<typeof classSettingsSchema>;

/** Wide layers say more of a texture than the narrow ones between them. */
const spread = ['stride4', 'stride4wide', 'stride8wide', 'stride16middle', 'stride16'];

/** The layers to take: those asked for, else a spread where the backbone has it, else its usual ones. */
export function layersOf({
  backbone,
  layers,
}: Pick<ClassSettings, 'backbone' | 'layers'>): readonly string[] | undefined {
  if (layers) return layers;
  const known = bundledBackbones.find(({ name }) => name === backbone)?.layers ?? {};
  return spread.every((name) => Object.hasOwn(known, name)) ? spread : undefined;
}
