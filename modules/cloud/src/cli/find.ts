import type { VerbContext } from '@millwright/kernel';
import { parseTime } from '../connectors/parse-time.ts';
import { cloudErrors } from '../errors.ts';
import type { PlantNode } from '../plant/service.ts';
import type { Point } from '../points/service.ts';
import type { Source } from '../sources/service.ts';
import { cliErrors } from './errors.ts';

type Call = VerbContext['call'];
const items = async <T>(call: Call, path: string, query: Record<string, unknown> = {}): Promise<T[]> =>
  (await call<{ items: T[] }>('GET', path, { query })).items;

export const allNodes = (call: Call) => items<PlantNode>(call, '/api/cloud/tree');
export const allSources = (call: Call) => items<Source>(call, '/api/cloud/sources');

/** Where a node stands, from its site down: `Harbour works/Press shop/Press 4`. */
export function nodePath(nodes: readonly PlantNode[], node: PlantNode): string {
  const parent = nodes.find(({ id }) => id === node.parentId);
  return parent ? `${nodePath(nodes, parent)}/${node.name}` : node.name;
}

/** A node by its id or its path. Throws NODE_UNKNOWN. */
export async function findNode(call: Call, wanted: string): Promise<PlantNode> {
  const nodes = await allNodes(call);
  const found = nodes.find((node) => node.id === wanted || nodePath(nodes, node) === wanted);
  if (!found) throw cloudErrors.NODE_UNKNOWN({ id: wanted });
  return found;
}

/** Throws SITE_UNKNOWN. */
export async function findSite(call: Call, wanted: string): Promise<PlantNode> {
  const sites = (await allNodes(call)).filter(({ kind }) => kind === 'site');
  const found = sites.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw cloudErrors.SITE_UNKNOWN({ site: wanted, known: sites.map(({ name }) => name) });
  return found;
}

/** A source by its id or name, of one site where several have that name. Throws SOURCE_UNKNOWN or SOURCE_AMBIGUOUS. */
export async function findSource(call: Call, wanted: string, site?: string | boolean): Promise<Source> {
  const all = await allSources(call);
  const found = all.filter(
    (source) =>
      (source.id === wanted || source.name === wanted) &&
      (site === undefined || source.siteName === site || source.siteId === site),
  );
  if (found.length > 1)
    throw cloudErrors.SOURCE_AMBIGUOUS({ source: wanted, sites: found.map(({ siteName }) => siteName) });
  if (!found[0]) throw cloudErrors.SOURCE_UNKNOWN({ source: wanted, known: all.map(({ name }) => name) });
  return found[0];
}

/** A point by its id, name or key. Throws POINT_UNKNOWN or POINT_AMBIGUOUS. */
export async function findPoint(call: Call, wanted: string, source?: string | boolean): Promise<Point> {
  const sourceId = typeof source === 'string' ? (await findSource(call, source)).id : undefined;
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wanted);
  if (isId) return call<Point>('GET', `/api/cloud/points/${wanted}`);
  const listed = await items<Point>(call, '/api/cloud/points', { search: wanted, sourceId, limit: 2000 });
  const found = listed.filter(({ name, key }) => name === wanted || key === wanted);
  if (found.length > 1)
    throw cliErrors.POINT_AMBIGUOUS({ point: wanted, candidates: found.map(({ id, key }) => `${key} (${id})`) });
  if (!found[0]) throw cloudErrors.POINT_UNKNOWN({ id: wanted });
  return found[0];
}

/** ISO time with offset of what was typed; without one it is on the clock of the zone. Throws TIME_INVALID. */
export function timeOf(text: string | boolean | undefined, timezone: string): string {
  const time = parseTime(text, 'iso', timezone);
  if (time === undefined) throw cliErrors.TIME_INVALID({ time: String(text) });
  return new Date(time).toISOString();
}

export const periodOptions = [
  { name: 'from', summary: 'Start; without an offset on the site’s clock.', placeholder: 'ISO', required: true },
  { name: 'to', summary: 'End.', placeholder: 'ISO', required: true },
] as const;

export const sourceOption = {
  name: 'source',
  summary: 'Source of the point, where several have one of that name.',
  placeholder: 'NAME',
} as const;
