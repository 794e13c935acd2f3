import { z } from 'zod';
import type { ModelFile } from '../model-file/model-file.ts';
import type { TrainingConditions } from './drift-watch.ts';

/** Attachment of a model file; those of older versions have none. */
const name = 'conditions.json';
const values = z.array(z.number());
const schema = z.object({
  ...{ score: values, brightness: values, focus: values, x: values, y: values, red: values, blue: values },
});

export const withConditions = (model: ModelFile, conditions: TrainingConditions): ModelFile => ({
  ...model,
  attachments: { ...model.attachments, [name]: Buffer.from(JSON.stringify(conditions)) },
});

/** What its training set looked like; undefined where the model does not say. */
export function conditionsIn({ attachments }: ModelFile): TrainingConditions | undefined {
  const bytes = attachments[name];
  return bytes && schema.parse(JSON.parse(Buffer.from(bytes).toString()));
}
