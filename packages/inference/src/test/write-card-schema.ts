/** `node packages/inference/src/test/write-card-schema.ts`: writes model-card.schema.json anew from the schema in the code. */
import { writeFileSync } from 'node:fs';
import { cardJsonSchema } from '../card/card-schema-file.ts';

writeFileSync(new URL('../../model-card.schema.json', import.meta.url), cardJsonSchema());
