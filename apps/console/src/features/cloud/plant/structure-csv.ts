import type { PlantNode } from '../../../api/types.ts';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import { pathTo } from './tree.ts';

/** The structure as a table: one line a node, its place as names from the site down. */
export function structureCsv(nodes: readonly PlantNode[]): string {
  const rows = nodes
    .map((node) => ({ node, path: pathTo(nodes, node.id).map(({ name }) => name) }))
    .sort((a, b) => a.path.join('\u0000').localeCompare(b.path.join('\u0000')));
  return toCsv(
    ['path', 'kind', 'name', 'timezone', 'floor_area_m2', 'region', 'description', 'id'],
    rows.map(({ node, path }) => [
      path.join(' > '),
      node.kind,
      node.name,
      node.timezone,
      node.floorAreaM2,
      node.region,
      node.description,
      node.id,
    ]),
  );
}
