import { ExportOutlined } from '@ant-design/icons';
import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { exportPath } from '../shared/paths.ts';
import { useExportReport } from '../shared/use-datasets.ts';
import type { Dataset, ExportFormat } from '../types.ts';
import { LeftOutList } from '../upload/left-out-list.tsx';
import styles from './dataset.module.css';

const formats = ['folders', 'masks', 'mvtec', 'coco', 'yolo', 'voc'] as const;

/** The pictures with their labels as a ZIP, and what the chosen format cannot say, before it is taken. */
export function ExportSet({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>('coco');
  const count = dataset.counts.good + dataset.counts.defects;
  return (
    <>
      <Button icon={<ExportOutlined />} disabled={count === 0} onClick={() => setOpen(true)}>
        {t('parts.export.title')}
      </Button>
      <Modal
        open={open}
        title={t('parts.export.title')}
        onCancel={() => setOpen(false)}
        footer={[
          <Button key="cancel" onClick={() => setOpen(false)}>
            {t('actions.cancel')}
          </Button>,
          <Button
            key="download"
            type="primary"
            href={exportPath(dataset.id, format)}
            download
            onClick={() => setOpen(false)}
          >
            {t('parts.export.download')}
          </Button>,
        ]}
      >
        <Radio.Group
          aria-label={t('parts.export.format')}
          className={styles.formats!}
          value={format}
          onChange={(event) => setFormat(event.target.value as ExportFormat)}
        >
          {formats.map((value) => (
            <Radio key={value} value={value}>
              <b>{t(`parts.export.formats.${value}.name`)}</b>
              <span className="soft"> {t(`parts.export.formats.${value}.says`)}</span>
            </Radio>
          ))}
        </Radio.Group>
        {open && <Report datasetId={dataset.id} format={format} />}
      </Modal>
    </>
  );
}

function Report({ datasetId, format }: { datasetId: string; format: ExportFormat }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const say = useNote();
  const { data, error, refetch } = useExportReport(datasetId, format);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Splash />;
  const lines = data.unsaid.map(({ name, reason }) => ({ name, reason: say(reason) }));
  return (
    <>
      <p role="status">
        {t('parts.export.holds', { n: number(data.pictures, 0), regions: number(data.regions, 0) })}{' '}
        {lines.length === 0 && t('parts.export.whole')}
      </p>
      <LeftOutList title={t('parts.export.unsaid', { n: number(lines.length, 0) })} lines={lines} />
    </>
  );
}
