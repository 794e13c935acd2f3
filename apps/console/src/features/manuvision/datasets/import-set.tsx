import { FileZipOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Radio, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dataset, Label } from '../types.ts';
import { PictureDrop } from '../upload/picture-drop.tsx';
import { SetImportReport } from '../upload/set-import-report.tsx';
import { useSetImport } from '../upload/use-set-import.ts';
import styles from './dataset.module.css';

/** Pictures whose labels are there already, in any layout that is read. */
export function ImportSet({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const sent = useSetImport(dataset.id);
  const [rest, setRest] = useState<Label>('good');
  const [className, setClass] = useState('');
  const send = (files: readonly File[]) => {
    if (!sent.isBusy) sent.send(files, { label: rest, class: rest === 'defect' ? className.trim() || null : null });
  };
  return (
    <>
      <div className={styles.as}>
        <span id="import-rest">{t('parts.import.rest')}</span>
        <Radio.Group
          aria-labelledby="import-rest"
          value={rest}
          onChange={(event) => setRest(event.target.value as Label)}
          options={(['good', 'defect'] as const).map((value) => ({ value, label: t(`parts.labels.${value}`) }))}
        />
        {rest === 'defect' && (
          <AutoComplete
            aria-label={t('parts.class')}
            placeholder={t('parts.class')}
            value={className}
            onChange={setClass}
            options={dataset.counts.classes.map(({ name }) => ({ value: name }))}
            style={{ minWidth: 180 }}
          />
        )}
      </div>
      <PictureDrop title={t('parts.import.drop')} hint={t('parts.import.dropHint')} onFiles={send}>
        <Upload
          accept=".zip,application/zip"
          showUploadList={false}
          beforeUpload={(file) => {
            send([file]);
            return false;
          }}
        >
          <Button icon={<FileZipOutlined />} disabled={sent.isBusy}>
            {t('parts.import.zip')}
          </Button>
        </Upload>
      </PictureDrop>
      <SetImportReport sent={sent} />
    </>
  );
}
