import { noteCatalogue } from '@millwright/kernel';
import { loadDeclarations } from './load-declarations.ts';

/** The console's English of every note by area, as it stands in its definition: nobody writes it a second time. */
export async function englishNotes(): Promise<Map<string, Record<string, string>>> {
  await loadDeclarations();
  const areas = new Map<string, Record<string, string>>();
  for (const { code, area, template } of noteCatalogue())
    areas.set(area, { ...areas.get(area), [code.slice(area.length + 1)]: template });
  return areas;
}
