import { Checkbox, Form, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { splitAddress } from './camera-fields.ts';
import styles from './cameras.module.css';
import { FindCameras } from './find-cameras.tsx';
import { VideoFileField } from './video-file-field.tsx';

interface SourceFieldsProps {
  readonly isNew: boolean;
  onUploading(isUploading: boolean): void;
}

const address = /^(rtsps?|https?):\/\/\S+$/i;

/** Where the pictures come from. */
export function SourceFields({ isNew, onUploading }: SourceFieldsProps) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const type = Form.useWatch(['source', 'type'], { form, preserve: true });
  return (
    <>
      <Form.Item name={['source', 'type']} label={t('video.cameras.source')}>
        <Segmented
          block
          options={(['stream', 'file', 'device'] as const).map((value) => ({
            value,
            label: t(`video.sourceType.${value}`),
          }))}
        />
      </Form.Item>
      {type === 'stream' && (
        <>
          {isNew && <FindCameras />}
          <Form.Item
            name={['source', 'url']}
            label={t('video.cameras.address')}
            extra={t('video.cameras.addressHint')}
            validateTrigger="onBlur"
            rules={[
              // Who looks for a camera in the network first is not scolded for having left the field.
              { required: true, validateTrigger: 'onSubmit' },
              { pattern: address, message: t('video.cameras.addressWrong') },
            ]}
          >
            <Input
              autoFocus={isNew}
              className="mono"
              placeholder="rtsp://10.0.0.20:554/stream1"
              onBlur={() => {
                const source = form.getFieldValue('source');
                form.setFieldValue('source', { ...source, ...splitAddress(source.url ?? '') });
              }}
            />
          </Form.Item>
          <div className={styles.pair}>
            <Form.Item name={['source', 'username']} label={t('video.cameras.username')}>
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name={['source', 'password']} label={t('video.cameras.password')}>
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </div>
          <div className={styles.pair}>
            <Form.Item
              name={['source', 'subUrl']}
              label={t('video.cameras.subAddress')}
              tooltip={t('video.cameras.subAddressHint')}
              rules={[{ pattern: address, message: t('video.cameras.addressWrong') }]}
            >
              <Input className="mono" />
            </Form.Item>
            <Form.Item name={['source', 'transport']} label={t('video.cameras.transport')}>
              <Select
                options={[
                  { value: 'tcp', label: t('video.transport.tcp') },
                  { value: 'udp', label: t('video.transport.udp') },
                ]}
              />
            </Form.Item>
          </div>
        </>
      )}
      {type === 'file' && (
        <>
          <Form.Item
            name={['source', 'file']}
            label={t('video.cameras.file')}
            rules={[{ required: true, message: t('video.cameras.fileMissing') }]}
          >
            <VideoFileField
              onUploading={onUploading}
              onName={(name) => form.getFieldValue('name') || form.setFieldValue('name', name)}
            />
          </Form.Item>
          <Form.Item name={['source', 'loop']} valuePropName="checked">
            <Checkbox>{t('video.cameras.loop')}</Checkbox>
          </Form.Item>
        </>
      )}
      {type === 'device' && (
        <Form.Item
          name={['source', 'device']}
          label={t('video.cameras.device')}
          extra={t('video.cameras.deviceHint')}
          rules={[{ required: true, pattern: /^usb:\d+$|^\/dev\/video\d+$/, message: t('video.cameras.deviceWrong') }]}
        >
          <Input className="mono" placeholder="usb:0" />
        </Form.Item>
      )}
    </>
  );
}
