import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { BoxField } from './box-field.tsx';
import { sources, takes } from './station-fields.ts';
import styles from './stations.module.css';

/** Where the pictures of a station come from. */
export function SourceFields({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const source = Form.useWatch('source');
  return (
    <fieldset className={styles.group!}>
      <legend>{t('parts.source.title')}</legend>
      <Form.Item name="source" noStyle>
        <Radio.Group
          className={styles.choice!}
          options={sources.map((value) => ({ value, label: t(`parts.source.${value}`) }))}
        />
      </Form.Item>
      {source === 'folder' && (
        <Form.Item
          name="folder"
          label={t('parts.station.folder')}
          extra={t('parts.station.folderHint')}
          rules={[{ required: true }]}
        >
          <Input autoComplete="off" maxLength={1000} />
        </Form.Item>
      )}
      {source === 'camera' && <CameraFields />}
      {source !== 'sent' && <BoxField siteId={siteId} />}
    </fieldset>
  );
}

function CameraFields() {
  const { t } = useTranslation();
  const when = Form.useWatch(['camera', 'when']);
  return (
    <>
      <Form.Item
        name={['camera', 'url']}
        label={t('parts.camera.url')}
        extra={t('parts.camera.urlHint')}
        rules={[{ required: true }]}
      >
        <Input autoComplete="off" placeholder="rtsp://" />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name={['camera', 'username']} label={t('parts.camera.username')}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name={['camera', 'password']} label={t('parts.camera.password')}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
      <Form.Item name={['camera', 'transport']} label={t('parts.camera.transport')}>
        <Radio.Group options={['tcp', 'udp'].map((value) => ({ value, label: value.toUpperCase() }))} />
      </Form.Item>
      <Form.Item
        name={['camera', 'when']}
        label={t('parts.camera.take')}
        extra={when && t(`parts.camera.takeHints.${when as (typeof takes)[number]}`)}
      >
        <Select options={takes.map((value) => ({ value, label: t(`parts.camera.takes.${value}`) }))} />
      </Form.Item>
      {when === 'interval' && (
        <Form.Item name={['camera', 'seconds']} label={t('parts.camera.seconds')} rules={[{ required: true }]}>
          <InputNumber min={0.2} max={86_400} />
        </Form.Item>
      )}
    </>
  );
}
