import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ModelSelect } from '../models/model-select.tsx';
import { LabelSelect } from '../shared/label-select.tsx';
import styles from './cameras.module.css';

const wide = { width: '100%' };

/** Detection, recording and privacy; each has a default that serves most cameras. */
export function MoreSettings() {
  const { t } = useTranslation();
  const mode = Form.useWatch(['recording', 'mode']);
  const siteId = Form.useWatch<string | undefined>('siteId');
  return (
    <>
      <div className={styles.pair}>
        <Form.Item name={['detection', 'model']} label={t('video.cameras.model')} rules={[{ required: true }]}>
          <ModelSelect siteId={siteId} />
        </Form.Item>
        <Form.Item
          name={['detection', 'mostPerSecond']}
          label={t('video.cameras.mostPerSecond')}
          tooltip={t('video.cameras.mostPerSecondHint')}
        >
          <InputNumber min={0.1} max={30} style={wide} />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <Form.Item
          name={['detection', 'labels']}
          label={t('video.cameras.labels')}
          tooltip={t('video.cameras.labelsHint')}
        >
          <LabelSelect />
        </Form.Item>
        <Form.Item
          name={['detection', 'threshold']}
          label={t('video.cameras.threshold')}
          tooltip={t('video.cameras.thresholdHint')}
        >
          <InputNumber min={0.05} max={0.95} step={0.05} style={wide} />
        </Form.Item>
      </div>
      <Form.Item name={['recording', 'mode']} label={t('video.cameras.recording')}>
        <Select
          options={(['event', 'continuous', 'off'] as const).map((value) => ({
            value,
            label: t(`video.recordingMode.${value}`),
          }))}
        />
      </Form.Item>
      {mode !== 'off' && (
        <>
          <div className={styles.pair}>
            <Form.Item name={['recording', 'preSeconds']} label={t('video.cameras.preSeconds')}>
              <InputNumber min={0} max={60} suffix="s" style={wide} />
            </Form.Item>
            <Form.Item name={['recording', 'postSeconds']} label={t('video.cameras.postSeconds')}>
              <InputNumber min={1} max={120} suffix="s" style={wide} />
            </Form.Item>
          </div>
          <div className={styles.pair}>
            <Form.Item name={['recording', 'days']} label={t('video.cameras.days')}>
              <InputNumber min={0.01} max={3650} style={wide} />
            </Form.Item>
            <Form.Item name={['recording', 'gigabytes']} label={t('video.cameras.gigabytes')}>
              <InputNumber min={0.05} max={100_000} suffix="GB" style={wide} />
            </Form.Item>
          </div>
        </>
      )}
      <Form.Item name={['privacy', 'blur']} label={t('video.cameras.blur')} extra={t('video.cameras.blurHint')}>
        <Select
          options={(['none', 'faces', 'people'] as const).map((value) => ({
            value,
            label: t(`video.blur.${value}`),
          }))}
        />
      </Form.Item>
    </>
  );
}
