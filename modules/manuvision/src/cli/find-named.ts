import type { MillwrightError, VerbContext } from '@millwright/kernel';
import { manuvisionErrors } from '../errors.ts';

type Call = VerbContext['call'];
interface Named {
  readonly id: string;
  readonly name: string;
}

/** One of a list by its id or name. Throws `unknown`, and MANUVISION_OPTION_INVALID where several sites have one of the name. */
export async function findNamed<T extends Named>(
  call: Call,
  path: string,
  wanted: string,
  unknown: (wanted: string) => MillwrightError,
): Promise<T> {
  const { items } = await call<{ items: T[] }>('GET', path);
  const found = items.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 1)
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({
      ...{ option: 'the name', value: wanted },
      wanted: `an id, since ${found.length} sites have one of that name: ${found.map(({ id }) => id).join(', ')}`,
    });
  if (found[0]) return found[0];
  throw unknown(wanted);
}

/** Throws MANUVISION_OPTION_INVALID with the sites there are. */
export async function findSiteId(call: Call, wanted: string): Promise<string> {
  const { items } = await call<{ items: (Named & { kind: string })[] }>('GET', '/api/cloud/tree');
  const sites = items.filter(({ kind }) => kind === 'site');
  const site = sites.find(({ id, name }) => id === wanted || name === wanted);
  if (site) return site.id;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    ...{ option: '--site', value: wanted },
    wanted: `one of ${sites.map(({ name }) => name).join(', ') || 'none: there is no site yet'}`,
  });
}
