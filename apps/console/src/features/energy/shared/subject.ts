import type { PlantNode, Point } from '../../../api/types.ts';

/** What a page is about: a part of the plant, or one meter. Written `node:ID` or `point:ID` in addresses. */
export interface Subject {
  readonly kind: 'node' | 'point';
  readonly id: string;
}

export const subjectText = ({ kind, id }: Subject): string => `${kind}:${id}`;

export function parseSubject(text: string | null | undefined): Subject | undefined {
  const [, kind, id] = /^(node|point):(.+)$/.exec(text ?? '') ?? [];
  return kind && id ? { kind: kind as Subject['kind'], id } : undefined;
}

/** As the server's routes name it. */
export const subjectQuery = ({ kind, id }: Subject) => (kind === 'node' ? { nodeId: id } : { pointId: id });

export interface SubjectNode {
  readonly value: string;
  readonly title: string;
  readonly kind: PlantNode['kind'] | 'meter';
  readonly children: SubjectNode[];
}

/** Points that amounts or a power can be read from. */
export const isMeter = ({ carrier, quantity, kind }: Point): boolean =>
  carrier !== null && (kind === 'gauge' ? quantity === 'power' : !quantity?.startsWith('reactive'));

/** `Pump 3: Active energy` under `Pump 3` is `Active energy`. */
const shortName = (point: string, node: string) =>
  point.startsWith(`${node}: `) ? point.slice(node.length + 2) : point;

/** The plant as a tree to choose from, its meters under the part they stand on. */
export function subjectTree(nodes: readonly PlantNode[], points: readonly Point[]): SubjectNode[] {
  const known = new Set(nodes.map(({ id }) => id));
  const under = Map.groupBy(nodes, ({ parentId }) => (parentId && known.has(parentId) ? parentId : ''));
  const metered = Map.groupBy(points.filter(isMeter), ({ nodeId }) => nodeId);
  const byTitle = (a: SubjectNode, b: SubjectNode) => a.title.localeCompare(b.title, undefined, { numeric: true });
  const grow = (parentId: string): SubjectNode[] =>
    (under.get(parentId) ?? [])
      .map((node): SubjectNode => {
        const meters = (metered.get(node.id) ?? []).map(
          (point): SubjectNode => ({
            value: subjectText({ kind: 'point', id: point.id }),
            title: shortName(point.name, node.name),
            kind: 'meter',
            children: [],
          }),
        );
        return {
          value: subjectText({ kind: 'node', id: node.id }),
          title: node.name,
          kind: node.kind,
          children: [...meters.sort(byTitle), ...grow(node.id)],
        };
      })
      .sort(byTitle);
  return grow('');
}
