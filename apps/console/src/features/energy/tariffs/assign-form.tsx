import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useSites } from '../../cloud/use-plant.ts';
import type { Tariff } from '../types.ts';
import { useAssign } from './use-tariffs.ts';

interface AssignFormProps {
  readonly tariff: Tariff;
  readonly siteId: string | undefined;
  onClose(): void;
}

interface Fields {
  readonly siteId: string;
  readonly validFrom: string;
  readonly capacity?: number;
}

/** From which day on a site is billed by a tariff. */
export function AssignForm({ tariff, siteId, onClose }: AssignFormProps) {
  const { t } = useTranslation();
  const sites = useSites();
  const assign = useAssign();
  const [form] = Form.useForm<Fields>();
  return (
    <Modal
      open
      title={t('energy.cost.assignTitle', { name: tariff.name })}
      okText={t('energy.cost.assign')}
      cancelText={t('actions.cancel')}
      confirmLoading={assign.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ siteId, validFrom: tariff.validFrom }}
        onFinish={(fields) =>
          assign.mutate(
            {
              tariff: `${tariff.id}@${tariff.version}`,
              siteId: fields.siteId,
              validFrom: fields.validFrom,
              transformerCapacitykVA: fields.capacity ?? null,
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
          <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="validFrom" label={t('energy.cost.validFrom')} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="capacity" label={t('energy.cost.capacity')}>
          <InputNumber min={1} style={{ width: '100%' }} />
        </Form.Item>
      </Form>
      {assign.error && <ErrorNotice error={assign.error} />}
    </Modal>
  );
}
