import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChangeDataset } from '../shared/use-datasets.ts';
import { bayerPatterns, type Dataset } from '../types.ts';
import styles from './dataset.module.css';

const none = 'none';

/** Whether the pictures of a data set are the mosaic of a sensor, and of which. */
export function BayerChoice({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const change = useChangeDataset(dataset.id);
  return (
    <div className={styles.reading}>
      <label htmlFor="bayer">{t('parts.bayer.label')}</label>
      <Select<(typeof bayerPatterns)[number] | typeof none>
        id="bayer"
        value={dataset.bayer ?? none}
        loading={change.isPending}
        onChange={(value) => change.mutate({ bayer: value === none ? null : value })}
        options={[
          { value: none, label: t('parts.bayer.none') },
          ...bayerPatterns.map((value) => ({ value, label: value.toUpperCase() })),
        ]}
        style={{ minWidth: 160 }}
      />
      <p className="soft">{t('parts.bayer.hint')}</p>
    </div>
  );
}
