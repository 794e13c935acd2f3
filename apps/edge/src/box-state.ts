import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { agentErrors } from './errors.ts';
import { readJson, writeWhole } from './files.ts';
import type { ServerApi } from './link/server-api.ts';

/** What a box knows of itself; readable by its owner only. */
export interface BoxState {
  readonly server: string;
  readonly token: string;
  readonly box: { readonly id: string; readonly name: string; readonly siteId: string };
  /** Hash of the code it came in with, so that the same command line may be run again. */
  readonly codeHash: string | null;
}

const tokenPrefix = 'mwe_';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const fileOf = (folder: string) => join(folder, 'box.json');

export const isToken = (text: string): boolean => text.startsWith(tokenPrefix);

export async function readBoxState(folder: string): Promise<BoxState | undefined> {
  return readJson<BoxState>(fileOf(folder));
}

/**
 * The box’s identity: what the folder holds, or what a code is exchanged for. The token is made here and kept before the
 * exchange, of which the server gets the hash alone: if the answer is lost, the same exchange is made again.
 * Throws EDGE_NOT_ENROLLED, EDGE_FOLDER_OTHER_BOX, and what the server answers (EDGE_CODE_INVALID).
 */
export async function boxStateOf(
  folder: string,
  given: { readonly server?: string; readonly code?: string; readonly token?: string },
  apiOf: (token: string, server: string) => ServerApi,
): Promise<BoxState> {
  const known = await readBoxState(folder);
  const server = given.server ?? known?.server;
  const code = given.code?.trim().toLowerCase();
  if (known && server && (code === undefined || known.codeHash === hashOf(code))) {
    const state = { ...known, server, token: given.token ?? known.token };
    if (JSON.stringify(state) !== JSON.stringify(known)) await writeWhole(fileOf(folder), JSON.stringify(state));
    return state;
  }
  if (!server || (code === undefined && given.token === undefined)) throw agentErrors.EDGE_NOT_ENROLLED({ folder });
  const state =
    code === undefined ? await byToken(server, given.token!, apiOf) : await byCode(folder, server, code, apiOf);
  if (known && known.box.id !== state.box.id) throw agentErrors.EDGE_FOLDER_OTHER_BOX({ folder, name: known.box.name });
  await writeWhole(fileOf(folder), JSON.stringify(state));
  return state;
}

async function byCode(
  folder: string,
  server: string,
  code: string,
  apiOf: (token: string, server: string) => ServerApi,
): Promise<BoxState> {
  const offered = join(folder, 'enrolling.json');
  const codeHash = hashOf(code);
  const before = await readJson<{ codeHash: string; token: string }>(offered);
  const token = before?.codeHash === codeHash ? before.token : tokenPrefix + randomBytes(32).toString('base64url');
  await writeWhole(offered, JSON.stringify({ codeHash, token }));
  const { id, name, siteId } = await apiOf(token, server).enrol(code, hashOf(token));
  return { server, token, codeHash, box: { id, name, siteId } };
}

async function byToken(
  server: string,
  token: string,
  apiOf: (token: string, server: string) => ServerApi,
): Promise<BoxState> {
  const { box } = (await apiOf(token, server).desired(undefined, 0))!;
  return { server, token, codeHash: null, box: { id: box.id, name: box.name, siteId: box.siteId } };
}
