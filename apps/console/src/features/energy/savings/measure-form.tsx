import { DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { type BaselineRequest, useAddMeasure } from './use-savings.ts';

interface MeasureFormProps {
  /** The baseline that was chosen. */
  readonly request: BaselineRequest;
  onClose(): void;
  onAdded(id: string): void;
}

interface Fields {
  readonly name: string;
  readonly description?: string;
  readonly cost?: string;
  readonly currency?: string;
  readonly status: 'planned' | 'installed';
  readonly work: [Dayjs, Dayjs];
}

const day = (value: Dayjs) => value.format('YYYY-MM-DD');

/** What is done, what it costs and when; the baseline is the one on the page. */
export function MeasureForm({ request, onClose, onAdded }: MeasureFormProps) {
  const { t } = useTranslation();
  const add = useAddMeasure();
  const [form] = Form.useForm<Fields>();
  const { from, to, ...baseline } = request;
  return (
    <Modal
      open
      title={t('energy.savings.addMeasure')}
      okText={t('energy.savings.add')}
      cancelText={t('actions.cancel')}
      confirmLoading={add.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ status: 'installed', work: [dayjs(to), dayjs(to)] }}
        onFinish={({ work, description = '', cost, currency, ...rest }) =>
          add.mutate(
            {
              ...{
                ...baseline,
                ...rest,
                description,
                baselineFrom: from,
                workFrom: day(work[0]),
                workTo: day(work[1]),
              },
              ...(cost && { cost }),
              ...(currency && { currency: currency.toUpperCase() }),
            },
            {
              onSuccess: ({ id }) => {
                onAdded(id);
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="name" label={t('energy.savings.name')} rules={[{ required: true }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="description" label={t('energy.savings.description')}>
          <Input.TextArea rows={2} maxLength={4000} />
        </Form.Item>
        <Form.Item name="work" label={t('energy.savings.work')} extra={t('energy.savings.workHint')}>
          <DatePicker.RangePicker allowClear={false} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item label={t('energy.savings.cost')}>
          <Input.Group compact>
            <Form.Item name="cost" noStyle rules={[{ pattern: /^\d{1,15}(\.\d{1,6})?$/ }]}>
              <Input style={{ width: '70%' }} inputMode="decimal" />
            </Form.Item>
            <Form.Item name="currency" noStyle rules={[{ pattern: /^[A-Za-z]{3}$/ }]}>
              <Input style={{ width: '30%' }} placeholder="CNY" maxLength={3} />
            </Form.Item>
          </Input.Group>
        </Form.Item>
        <Form.Item name="status" label={t('energy.savings.status')}>
          <Select
            options={(['planned', 'installed'] as const).map((value) => ({
              value,
              label: t(`energy.savings.statuses.${value}`),
            }))}
          />
        </Form.Item>
      </Form>
      {add.error && <ErrorNotice error={add.error} />}
    </Modal>
  );
}
