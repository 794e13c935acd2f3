import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlantNode } from '../../../api/types.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { PointTable } from '../points/point-table.tsx';
import { usePointPages } from '../use-cloud.ts';
import { NodeEdit } from './node-edit.tsx';
import { NodeForm } from './node-form.tsx';
import styles from './plant-page.module.css';
import { RemoveNode } from './remove-node.tsx';
import { kindsUnder, pathTo } from './tree.ts';

interface NodeDetailProps {
  readonly node: PlantNode;
  readonly nodes: readonly PlantNode[];
  onChoose(id: string | undefined): void;
}

/** One site, area, line or asset: where it is, what is known of it, and what is measured on and under it. */
export function NodeDetail({ node, nodes, onChoose }: NodeDetailProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const format = useFormat();
  const [open, setOpen] = useState<'edit' | 'add'>();
  const [search, setSearch] = useState('');
  const points = usePointPages({ nodeId: node.id, search });
  const above = pathTo(nodes, node.id).slice(0, -1);
  const facts = [
    t(`cloud.kind.${node.kind}`),
    node.timezone,
    node.region,
    node.floorAreaM2 && `${format.number(node.floorAreaM2, 0)} m²`,
    node.description,
  ].filter(Boolean);
  return (
    <div>
      <div className={styles.head}>
        <div className={styles.names}>
          <div className={styles.path}>
            {above.map(({ id, name }) => (
              <span key={id}>
                <button type="button" onClick={() => onChoose(id)}>
                  {name}
                </button>{' '}
                ›
              </span>
            ))}
          </div>
          <h2>{node.name}</h2>
          <p className="soft">{facts.join(' · ')}</p>
        </div>
        {may('cloud.plant.write') && (
          <div className={styles.buttons}>
            {kindsUnder(node.kind).length > 0 && (
              <Button icon={<PlusOutlined />} onClick={() => setOpen('add')}>
                {t('cloud.plant.add')}
              </Button>
            )}
            <Button icon={<EditOutlined />} onClick={() => setOpen('edit')}>
              {t('cloud.plant.edit')}
            </Button>
            <RemoveNode node={node} nodes={nodes} points={points.data ?? []} onGone={onChoose} />
          </div>
        )}
      </div>
      <PointTable name={`points-${node.name}`} query={points} onSearch={setSearch} compact />
      {open === 'edit' && <NodeEdit node={node} nodes={nodes} onClose={() => setOpen(undefined)} />}
      {open === 'add' && <NodeForm parent={node} onClose={() => setOpen(undefined)} onDone={onChoose} />}
    </div>
  );
}
