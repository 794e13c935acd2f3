import type { Verb } from '@millwright/kernel';
import type { PlantNode } from '../plant/service.ts';
import { findNode, nodePath } from './find.ts';
import { numberOf } from './options.ts';

const factOptions = [
  { name: 'timezone', summary: 'IANA zone of a site, e.g. Asia/Shanghai.', placeholder: 'TZ' },
  { name: 'floor-area', summary: 'Floor area of a site in m2; none takes it away.', placeholder: 'M2' },
  { name: 'region', summary: 'Where its grid is, e.g. CN or DE.', placeholder: 'REGION' },
  { name: 'description', summary: 'A sentence about it.', placeholder: 'TEXT' },
] as const;

const factsOf = (options: Parameters<Verb['run']>[0]['options']) => ({
  timezone: options.timezone,
  floorAreaM2: numberOf(options['floor-area']),
  region: options.region,
  description: options.description,
});

const line = ({ id, kind, name }: PlantNode) => `${id}  ${kind}  ${name}`;

/** Each node under its own, two spaces deeper a level. */
function drawn(nodes: readonly PlantNode[], parentId: string | null, depth: number): string[] {
  return nodes
    .filter((node) => node.parentId === parentId)
    .flatMap((node) => [
      `${'  '.repeat(depth)}${node.name}  (${node.kind}) ${node.id}`,
      ...drawn(nodes, node.id, depth + 1),
    ]);
}

export const plantVerbs: readonly Verb[] = [
  {
    name: 'tree',
    summary: 'Show sites, areas, lines and assets as a tree.',
    run: ({ call }) => call('GET', '/api/cloud/tree'),
    print: ({ items }: { items: PlantNode[] }) => drawn(items, null, 0).join('\n') || 'No sites yet.',
  },
  {
    name: 'nodes add',
    summary: 'Add a site, area, line or asset.',
    arguments: [
      { name: 'KIND', summary: 'site, area, line or asset.' },
      { name: 'NAME', summary: 'Its name.' },
    ],
    options: [
      { name: 'under', summary: 'Where it stands: id or path, e.g. "Works/Press shop".', placeholder: 'NODE' },
      ...factOptions,
    ],
    run: async ({ call, arguments: given, options }) => {
      const parent = typeof options.under === 'string' ? await findNode(call, options.under) : null;
      const body = { kind: given.KIND, name: given.NAME, parentId: parent?.id ?? null, ...factsOf(options) };
      return call('POST', '/api/cloud/nodes', { body });
    },
    print: line,
  },
  {
    name: 'nodes change',
    summary: 'Rename, move or describe a node; its history stays with it.',
    arguments: [{ name: 'NODE', summary: 'Id or path.' }],
    options: [
      { name: 'name', summary: 'Its new name.', placeholder: 'NAME' },
      { name: 'under', summary: 'Where it is to stand.', placeholder: 'NODE' },
      ...factOptions,
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findNode(call, given.NODE!);
      const parent = typeof options.under === 'string' ? await findNode(call, options.under) : undefined;
      const body = { name: options.name, parentId: parent?.id, ...factsOf(options) };
      return call('PATCH', `/api/cloud/nodes/${id}`, { body });
    },
    print: line,
  },
  {
    name: 'nodes remove',
    summary: 'Remove a node that carries nothing any more.',
    arguments: [{ name: 'NODE', summary: 'Id or path.' }],
    run: async ({ call, arguments: given }) => {
      const node = await findNode(call, given.NODE!);
      await call('DELETE', `/api/cloud/nodes/${node.id}`);
      return { removed: node.id, path: nodePath([node], node) };
    },
    print: ({ path, removed }: { path: string; removed: string }) =>
      `${path} is removed; \`nodes restore ${removed}\` brings it back.`,
  },
  {
    name: 'nodes restore',
    summary: 'Bring back a node that was removed.',
    arguments: [{ name: 'ID', summary: 'Its id, as `nodes remove` printed it.' }],
    run: ({ call, arguments: given }) => call('POST', `/api/cloud/nodes/${encodeURIComponent(given.ID!)}/restore`),
    print: line,
  },
];
