import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NodeKind, PlantNode } from '../../../api/types.ts';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { TimezoneSelect } from '../timezone-select.tsx';
import { useCreateNode } from '../use-plant.ts';
import { kindsUnder } from './tree.ts';

interface NodeFormProps {
  /** Left out for a new site. */
  readonly parent: PlantNode | undefined;
  onClose(): void;
  onDone(id: string): void;
}

interface Fields {
  kind: NodeKind;
  name: string;
  description?: string;
  timezone?: string;
  floorAreaM2?: number | null;
  region?: string;
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A new site, or a new node under another. */
export function NodeForm({ parent, onClose, onDone }: NodeFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const fieldErrors = useFieldErrors(form);
  const create = useCreateNode();
  const kinds = parent ? kindsUnder(parent.kind) : (['site'] as const);
  const save = async (fields: Fields) => {
    onDone((await create.mutateAsync({ ...fields, parentId: parent?.id ?? null })).id);
    onClose();
  };
  const title = parent ? t('cloud.plant.newUnder', { name: parent.name }) : t('cloud.plant.newSite');
  return (
    <Drawer open size={420} title={title} onClose={onClose}>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ kind: kinds[0], ...(!parent && { timezone: ownZone() }) }}
        onFinish={(fields) => void save(fields).catch(fieldErrors)}
      >
        {parent && (
          <Form.Item name="kind" label={t('cloud.plant.kind')}>
            <Select options={kinds.map((value) => ({ value, label: t(`cloud.kind.${value}`) }))} />
          </Form.Item>
        )}
        {!parent && <Form.Item name="kind" hidden />}
        <Form.Item name="name" label={t('cloud.plant.name')} rules={[{ required: true, max: 200 }]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="description" label={t('cloud.plant.description')}>
          <Input.TextArea rows={2} />
        </Form.Item>
        {!parent && (
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
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('actions.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
