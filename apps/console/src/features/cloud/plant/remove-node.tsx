import { DeleteOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlantNode, Point } from '../../../api/types.ts';
import { useUndo } from '../../../components/use-undo.tsx';
import { useSources } from '../use-cloud.ts';
import { useRemoveNode, useRestoreNode } from '../use-plant.ts';

interface RemoveNodeProps {
  readonly node: PlantNode;
  readonly nodes: readonly PlantNode[];
  /** Of the node and what is under it. */
  readonly points: readonly Point[];
  onGone(parentId: string | undefined): void;
}

/** Removes an empty node, which can be undone; of one that carries something it says what has to go first. */
export function RemoveNode({ node, nodes, points, onGone }: RemoveNodeProps) {
  const { t } = useTranslation();
  const offerUndo = useUndo();
  const remove = useRemoveNode();
  const restore = useRestoreNode();
  const sources = useSources().data ?? [];
  const carried = [
    { key: 'nodes', count: nodes.filter(({ parentId }) => parentId === node.id).length },
    { key: 'points', count: points.filter(({ nodeId }) => nodeId === node.id).length },
    { key: 'sources', count: node.kind === 'site' ? sources.filter(({ siteId }) => siteId === node.id).length : 0 },
  ].filter(({ count }) => count > 0);
  const inUse = carried.length > 0;
  const what = carried.map(({ key, count }) => t(`cloud.plant.carries.${key}`, { n: count })).join(', ');
  const confirm = () => {
    // Not as a callback of the mutation: those are dropped when this goes from the page together with its node.
    void remove.mutateAsync(node.id).then(
      () => {
        onGone(node.parentId ?? undefined);
        offerUndo(node.id, t('cloud.plant.removed', { name: node.name }), () => restore.mutateAsync(node.id));
      },
      () => undefined,
    );
  };
  return (
    <Popconfirm
      title={t(inUse ? 'cloud.plant.cannotRemove' : 'cloud.plant.removeAsk', { name: node.name })}
      description={inUse ? t('cloud.plant.carriesHint', { what }) : t('cloud.plant.removeHint')}
      okText={t(inUse ? 'actions.close' : 'actions.delete')}
      okButtonProps={{ danger: !inUse }}
      showCancel={!inUse}
      onConfirm={inUse ? undefined : confirm}
      placement="bottomRight"
    >
      <Button danger icon={<DeleteOutlined />} aria-label={t('actions.delete')} title={t('actions.delete')} />
    </Popconfirm>
  );
}
