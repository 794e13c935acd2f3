import { Button, Drawer, Form, Input, InputNumber, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlantNode } from '../../../api/types.ts';
import { TimezoneSelect } from '../timezone-select.tsx';
import type { NodeChange } from '../use-plant.ts';
import { changesOf } from './node-changes.ts';
import { type Branch, buildTree, placesFor } from './tree.ts';
import { useUndoableChange } from './use-move-node.ts';

interface NodeEditProps {
  readonly node: PlantNode;
  readonly nodes: readonly PlantNode[];
  onClose(): void;
}

/** Renames, moves and describes a node; its readings and figures stay with it. */
export function NodeEdit({ node, nodes, onClose }: NodeEditProps) {
  const { t } = useTranslation();
  const change = useUndoableChange();
  const save = async (fields: NodeChange) => {
    const changes = changesOf(node, fields);
    if (Object.keys(changes).length > 0)
      await change(node, changes, t('cloud.plant.changed', { name: fields.name ?? node.name }));
    onClose();
  };
  const places = new Set(placesFor(nodes, node).map(({ id }) => id));
  const option = ({ node: place, children }: Branch): object => ({
    value: place.id,
    title: place.name,
    disabled: !places.has(place.id),
    children: children.map(option),
  });
  const site = buildTree(nodes.filter(({ siteId }) => siteId === node.siteId)).map(option);
  return (
    <Drawer open size={420} title={node.name} onClose={onClose}>
      <Form<NodeChange>
        layout="vertical"
        initialValues={node}
        onFinish={(fields) => void save(fields).catch(() => undefined)}
      >
        <Form.Item name="name" label={t('cloud.plant.name')} rules={[{ required: true, max: 200 }]}>
          <Input autoFocus />
        </Form.Item>
        {node.kind !== 'site' && (
          <Form.Item name="parentId" label={t('cloud.plant.parent')} extra={t('cloud.plant.moveHint')}>
            <TreeSelect treeData={site} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: 'title' }} />
          </Form.Item>
        )}
        <Form.Item name="description" label={t('cloud.plant.description')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        {node.kind === 'site' && (
          <>
            <Form.Item name="timezone" label={t('cloud.plant.timezone')} extra={t('cloud.plant.timezoneHint')}>
              <TimezoneSelect />
            </Form.Item>
            <Form.Item name="region" label={t('cloud.plant.region')} extra={t('cloud.plant.regionHint')}>
              <Input />
            </Form.Item>
          </>
        )}
        <Form.Item name="floorAreaM2" label={t('cloud.plant.area')}>
          <InputNumber min={1} style={{ width: '100%' }} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('actions.save')}
        </Button>
      </Form>
    </Drawer>
  );
}
