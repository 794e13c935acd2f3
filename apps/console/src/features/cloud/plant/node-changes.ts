import type { PlantNode } from '../../../api/types.ts';
import type { NodeChange } from '../use-plant.ts';

/** Only what differs: an unchanged field must not be written down as changed. */
export function changesOf(node: PlantNode, fields: NodeChange): NodeChange {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) => value !== undefined && (value || null) !== (node[key as keyof PlantNode] || null),
    ),
  );
}
