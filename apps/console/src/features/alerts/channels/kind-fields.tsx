import { Alert, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChannelKinds } from '../use-alerts.ts';

/** Where a channel of this kind leads. */
export function KindFields({ kind }: { kind: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useChannelKinds();
  if (kind === 'webhook')
    return (
      <Form.Item
        name={['config', 'url']}
        label={t('alerts.channels.url')}
        extra={t('alerts.channels.urlHint')}
        rules={[{ required: true }]}
      >
        <Input className="mono" placeholder="https://" autoComplete="off" inputMode="url" />
      </Form.Item>
    );
  if (kind === 'mqtt')
    return (
      <Form.Item
        name={['config', 'topic']}
        label={t('alerts.channels.topic')}
        extra={t('alerts.channels.topicHint', {
          fields: '{channel} {site} {module} {kind} {severity} {subject}',
          interpolation: { escapeValue: false },
        })}
        rules={[{ required: true }]}
      >
        <Input className="mono" autoComplete="off" />
      </Form.Item>
    );
  if (kind !== 'email') return null;
  return (
    <>
      {data && !data.mail && (
        <Alert type="warning" showIcon title={t('alerts.channels.noMail')} style={{ marginBottom: 16 }} />
      )}
      <Form.Item
        name={['config', 'to']}
        label={t('alerts.channels.to')}
        extra={t('alerts.channels.toHint')}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ';', ' ']} />
      </Form.Item>
      <Form.Item name={['config', 'pictures']} valuePropName="checked">
        <Checkbox>{t('alerts.channels.pictures')}</Checkbox>
      </Form.Item>
    </>
  );
}
