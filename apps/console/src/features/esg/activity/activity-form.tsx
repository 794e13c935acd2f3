import { Button, Drawer, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { DocumentField } from '../shared/document-field.tsx';
import { lastFullYear } from '../shared/years.ts';
import type { Activity } from '../types.ts';
import { type ActivityFields, entryOf, fieldsOf } from './activity-fields.ts';
import { KindFields } from './kind-fields.tsx';
import { PeriodFields } from './period-fields.tsx';
import { PlaceFields } from './place-fields.tsx';
import { QuantityFields } from './quantity-fields.tsx';
import { useCorrectActivity, useEnterActivity } from './use-activity.ts';

interface ActivityFormProps {
  /** The statement to correct; without one a new one is entered. */
  readonly activity?: Activity;
  readonly year?: number;
  onClose(): void;
}

type Fields = ActivityFields & { reason?: string };

/** What was used, where and when, by which document. A correction takes the place of a statement; the old one stays. */
export function ActivityForm({ activity, year, onClose }: ActivityFormProps) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const { done } = useNotify();
  const enter = useEnterActivity();
  const correct = useCorrectActivity();
  const [form] = Form.useForm<Fields>();
  const initial: Partial<Fields> = activity
    ? fieldsOf(activity)
    : { kind: 'electricity', siteId: siteId ?? undefined, year: year ?? lastFullYear(), unit: 'MWh' };
  const finish = () => {
    done(t('esg.activity.saved'));
    onClose();
  };
  const save = ({ reason = '', ...fields }: Fields) =>
    activity
      ? correct.mutate({ id: activity.id, reason, entry: entryOf(fields) }, { onSuccess: finish })
      : enter.mutate(entryOf(fields), { onSuccess: finish });
  const error = enter.error ?? correct.error;
  return (
    <Drawer open size={480} title={t(activity ? 'esg.activity.correct' : 'esg.activity.new')} onClose={onClose}>
      <Form<Fields> form={form} layout="vertical" initialValues={initial} onFinish={save}>
        {activity && <p className="soft">{t('esg.activity.correctHint')}</p>}
        <QuantityFields form={form} />
        <PlaceFields form={form} />
        <PeriodFields />
        <KindFields form={form} />
        <Form.Item name="document" label={t('esg.document.title')} extra={t('esg.document.hint')}>
          <DocumentField />
        </Form.Item>
        <Form.Item name="note" label={t('esg.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {activity && (
          <Form.Item
            name="reason"
            label={t('esg.reason')}
            rules={[{ required: true, whitespace: true, message: t('esg.reasonMissing') }]}
          >
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        )}
        {error && <ErrorNotice error={error} />}
        <Button type="primary" htmlType="submit" loading={enter.isPending || correct.isPending}>
          {t('actions.save')}
        </Button>
      </Form>
    </Drawer>
  );
}
