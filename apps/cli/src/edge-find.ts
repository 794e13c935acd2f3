import type { Note, VerbContext } from '@millwright/kernel';
import { cliErrors } from './errors.ts';

export interface Box {
  id: string;
  siteId: string;
  siteName: string;
  name: string;
  state: 'invited' | 'online' | 'away';
  contactAt: string | null;
  held: boolean;
  desiredRevision: number;
  revision: number | null;
  errors: { part: string; message: string }[];
  refused: { part: string; reason: Note }[];
  aside: number;
  report: {
    version: string;
    platform: string;
    health: {
      cpu: number | null;
      temperature: number | null;
      clockOffsetMs: number | null;
      memory: { total: number; free: number };
      disk: { total: number; free: number };
      outbox: { waiting: number; bytes: number; droppedMessages: number; droppedFiles: number; damaged: number };
      transport: string;
    };
  } | null;
}

type Call = VerbContext['call'];

export const allBoxes = async (call: Call): Promise<Box[]> =>
  (await call<{ items: Box[] }>('GET', '/api/cloud/edge/boxes')).items;

/** A box by its id or name. Throws BOX_UNKNOWN or BOX_AMBIGUOUS. */
export async function findBox(call: Call, wanted: string): Promise<Box> {
  const all = await allBoxes(call);
  const found = all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found.length > 1)
    throw cliErrors.BOX_AMBIGUOUS({ box: wanted, candidates: found.map(({ id, siteName }) => `${siteName} (${id})`) });
  if (!found[0]) throw cliErrors.BOX_UNKNOWN({ box: wanted, known: all.map(({ name }) => name) });
  return found[0];
}

/** Boxes by a list of names, or all of a site, or all. */
export async function findBoxes(call: Call, names: readonly string[] | undefined, site: unknown): Promise<Box[]> {
  if (names) return Promise.all(names.map((name) => findBox(call, name)));
  const all = (await allBoxes(call)).filter(({ state }) => state !== 'invited');
  return typeof site === 'string' ? all.filter((box) => box.siteName === site || box.siteId === site) : all;
}
