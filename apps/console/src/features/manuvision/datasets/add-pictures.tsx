import { AutoComplete, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel.tsx';
import type { Dataset, Label } from '../types.ts';
import { PictureDrop } from '../upload/picture-drop.tsx';
import { UploadReport } from '../upload/upload-report.tsx';
import { usePictureUpload } from '../upload/use-picture-upload.ts';
import { BayerChoice } from './bayer-choice.tsx';
import styles from './dataset.module.css';
import { ImportSet } from './import-set.tsx';

/** More pictures for a data set. */
export function AddPictures({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const sent = usePictureUpload(dataset.id);
  const [as, setAs] = useState<Label | 'labelled'>('good');
  const label: Label = as === 'defect' ? 'defect' : 'good';
  const [className, setClass] = useState('');
  return (
    <Panel>
      <div className={styles.as}>
        <Radio.Group
          aria-label={t('parts.label')}
          optionType="button"
          value={as}
          onChange={(event) => setAs(event.target.value as Label | 'labelled')}
          options={[
            ...(['good', 'defect'] as const).map((value) => ({ value, label: t(`parts.labels.${value}`) })),
            { value: 'labelled', label: t('parts.import.labelled') },
          ]}
        />
        {label === 'defect' && (
          <AutoComplete
            aria-label={t('parts.class')}
            placeholder={t('parts.guide.pictures.classHint')}
            value={className}
            onChange={setClass}
            options={dataset.counts.classes.map(({ name }) => ({ value: name }))}
            style={{ minWidth: 220 }}
          />
        )}
      </div>
      {as === 'labelled' ? (
        <ImportSet dataset={dataset} />
      ) : (
        <>
          <PictureDrop
            title={t(label === 'good' ? 'parts.guide.pictures.dropGood' : 'parts.guide.pictures.dropDefects')}
            hint={t(label === 'good' ? 'parts.guide.pictures.dropGoodHint' : 'parts.guide.pictures.dropDefectsHint')}
            onFiles={(files) => sent.add(files, { label, class: label === 'defect' ? className.trim() || null : null })}
          />
          <UploadReport datasetId={dataset.id} sent={sent} />
        </>
      )}
      <BayerChoice dataset={dataset} />
    </Panel>
  );
}
