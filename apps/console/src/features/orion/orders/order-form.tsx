import { Form, Input, Modal, Select, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useTree } from '../../cloud/use-plant.ts';
import { priorities } from '../tones.ts';
import { usePeople, useRaise } from '../use-orion.ts';

interface Given {
  readonly nodeId: string;
  readonly title: string;
  readonly description?: string;
  readonly priority: (typeof priorities)[number];
  readonly ownerId?: string;
  readonly due?: string;
  readonly steps?: string;
}

/** Raises an order by hand. */
export function OrderForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Given>();
  const nodeId = Form.useWatch('nodeId', form);
  const tree = useTree();
  const people = usePeople(tree.data?.find(({ id }) => id === nodeId)?.siteId);
  const raise = useRaise();
  return (
    <Modal
      open
      title={t('health.raise')}
      okText={t('health.raise')}
      confirmLoading={raise.isPending}
      onCancel={onClose}
      onOk={async () => {
        const { due, steps, description = '', ownerId, ...rest } = await form.validateFields();
        raise.mutate(
          {
            ...{ ...rest, description, ownerId: ownerId ?? null, source: null, findingId: null },
            dueAt: due ? new Date(due).toISOString() : null,
            checklist: (steps ?? '')
              .split('\n')
              .map((step) => step.trim())
              .filter(Boolean),
          },
          { onSuccess: ({ id }) => navigate(`/orders/${id}`) },
        );
      }}
    >
      <Form form={form} layout="vertical" initialValues={{ priority: 'normal' }}>
        <Form.Item name="nodeId" label={t('health.asset')} rules={[{ required: true }]}>
          <TreeSelect
            treeDataSimpleMode
            treeDefaultExpandAll
            showSearch={{ treeNodeFilterProp: 'title' }}
            treeData={(tree.data ?? []).map(({ id, parentId, name }) => ({
              id,
              pId: parentId ?? 0,
              value: id,
              title: name,
            }))}
          />
        </Form.Item>
        <Form.Item name="title" label={t('health.orderWhat')} rules={[{ required: true, max: 200 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="description" label={t('health.description')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        <Form.Item name="priority" label={t('health.priority')}>
          <Select options={priorities.map((value) => ({ value, label: t(`health.priorities.${value}`) }))} />
        </Form.Item>
        <Form.Item name="ownerId" label={t('health.owner')}>
          <Select
            allowClear
            options={(people.data ?? []).map(({ id, name, displayName }) => ({
              value: id,
              label: displayName || name,
            }))}
          />
        </Form.Item>
        <Form.Item name="due" label={t('health.due')}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="steps" label={t('health.steps')}>
          <Input.TextArea rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
