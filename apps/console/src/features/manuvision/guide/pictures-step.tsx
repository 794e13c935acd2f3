import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Panel } from '../../../components/panel.tsx';
import type { Dataset } from '../types.ts';
import { PictureDrop } from '../upload/picture-drop.tsx';
import { UploadReport } from '../upload/upload-report.tsx';
import { usePictureUpload } from '../upload/use-picture-upload.ts';
import styles from './guide.module.css';

/** From so many good parts on the promise begins to mean something. */
const few = 30;

/** The pictures that it learns from: good parts, and defects where there are any. */
export function PicturesStep({ dataset, onNext }: { dataset: Dataset; onNext(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const good = usePictureUpload(dataset.id);
  const defects = usePictureUpload(dataset.id);
  const [className, setClass] = useState('');
  const count = (known: number, sent: { added: readonly unknown[]; isRunning: boolean }) =>
    // The data set is asked for anew when all are there.
    sent.isRunning ? Math.max(known, sent.added.length) : known;
  const goodCount = count(dataset.counts.good, good);
  const isRunning = good.isRunning || defects.isRunning;
  return (
    <>
      <div className={styles.sides}>
        <Panel
          title={t('parts.guide.pictures.good')}
          extra={<b>{t('parts.pictureCount', { n: format.number(goodCount, 0) })}</b>}
        >
          <PictureDrop
            title={t('parts.guide.pictures.dropGood')}
            hint={t('parts.guide.pictures.dropGoodHint')}
            onFiles={(files) => good.add(files, { label: 'good', class: null })}
          />
          <UploadReport datasetId={dataset.id} sent={good} />
        </Panel>
        <Panel
          title={t('parts.guide.pictures.defects')}
          extra={<b>{t('parts.pictureCount', { n: format.number(count(dataset.counts.defects, defects), 0) })}</b>}
        >
          <p className={styles.classField}>
            <label htmlFor="defect-class">{t('parts.guide.pictures.class')}</label>
            <Input
              id="defect-class"
              value={className}
              maxLength={100}
              placeholder={t('parts.guide.pictures.classHint')}
              onChange={(event) => setClass(event.target.value)}
            />
          </p>
          <PictureDrop
            title={t('parts.guide.pictures.dropDefects')}
            hint={t('parts.guide.pictures.dropDefectsHint')}
            onFiles={(files) => defects.add(files, { label: 'defect', class: className.trim() || null })}
          />
          <UploadReport datasetId={dataset.id} sent={defects} />
          {dataset.counts.classes.length > 0 && (
            <p className="soft" data-raw>
              {dataset.counts.classes.map(({ name, count: n }) => `${name} ${n}`).join(t('listSeparator'))}
            </p>
          )}
        </Panel>
      </div>
      <p className={styles.next}>
        <Button type="primary" disabled={goodCount === 0 || isRunning} onClick={onNext}>
          {t('parts.guide.pictures.next')}
        </Button>
        <span className="soft">
          {goodCount === 0
            ? t('parts.guide.pictures.none')
            : goodCount < few
              ? t('parts.guide.pictures.few', { n: few })
              : t('parts.guide.pictures.enough')}
        </span>
        {goodCount > 0 && <Link to={`/parts/pictures/${dataset.id}`}>{t('parts.guide.pictures.look')}</Link>}
      </p>
    </>
  );
}
