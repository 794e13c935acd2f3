import { z } from 'zod';
import { cardSchema } from './card.ts';

/** The JSON schema of model cards as `model-card.schema.json` holds it, for editors and other languages. */
export const cardJsonSchema = (): string =>
  `${JSON.stringify({ title: 'Model card of Millwright', ...z.toJSONSchema(cardSchema, { io: 'input' }) }, null, 2)}\n`;
