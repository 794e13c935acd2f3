import type { EdgePart } from '@millwright/cloud';

/** Loads the halves of modules that run on boxes; the only place that names them. */
const modules: readonly (() => Promise<{ readonly edgePart: EdgePart }>)[] = [
  () => import('@millwright/matrixvision/edge'),
  () => import('@millwright/manuvision/edge'),
];

export async function edgeParts(): Promise<EdgePart[]> {
  return Promise.all(modules.map(async (load) => (await load()).edgePart));
}
