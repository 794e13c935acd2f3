import { useTranslation } from 'react-i18next';
import type { PlantNode } from '../../../api/types.ts';
import { useUndo } from '../../../components/use-undo.tsx';
import { type NodeChange, useChangeNode } from '../use-plant.ts';

/** Changes a node and offers for a while to take it back: the inverse change, recorded like any other. */
export function useUndoableChange(): (node: PlantNode, change: NodeChange, done: string) => Promise<void> {
  const offerUndo = useUndo();
  const { mutateAsync } = useChangeNode();
  return async (node, change, done) => {
    await mutateAsync({ id: node.id, ...change });
    const before = Object.fromEntries(Object.keys(change).map((key) => [key, node[key as keyof PlantNode]]));
    offerUndo(node.id, done, () => mutateAsync({ id: node.id, ...(before as NodeChange) }));
  };
}

export function useMoveNode(): (node: PlantNode, parentId: string) => void {
  const { t } = useTranslation();
  const change = useUndoableChange();
  return (node, parentId) =>
    void change(node, { parentId }, t('cloud.plant.moved', { name: node.name })).catch(() => undefined);
}
