import { resolve } from 'node:path';
import { manuvisionErrors } from '../errors.ts';

/** What --data means to verbs that only compute on pictures: where these lie. Throws MANUVISION_OPTION_INVALID. */
export function pictureData(options: Readonly<Record<string, string | boolean | undefined>>): string {
  if (typeof options.data === 'string') return resolve(options.data);
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    ...{ option: '--data', value: 'not given', wanted: 'a folder or ZIP of pictures' },
  });
}

/** Where such a verb keeps converted networks, since its --data is no data folder of the product. */
export const keptFolder = (): string => resolve(process.env.MILLWRIGHT_DATA ?? '.millwright');
