import type { Inspection, Work } from '../kinds/inspection.ts';
import { inspectionKind } from '../kinds/registry.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { readModelFile } from '../model-file/read-model-file.ts';

/** Opens a trained inspection from its file. Throws what `readModelFile` does, and MANUVISION_KIND_UNKNOWN. */
export async function openModel(file: string, work: Work): Promise<{ model: ModelFile; inspection: Inspection }> {
  const model = await readModelFile(file);
  const kind = await inspectionKind(model.card.kind);
  return { model, inspection: await kind.open(model, work) };
}
