import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { download } from '../../../components/data-table/download.ts';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { GaugeStudy, StudiedFeature } from '../types.ts';
import styles from './study.module.css';
import { StudyFeature } from './study-feature.tsx';
import { judgedShare, variationKeys } from './study-rows.ts';

const tones: Readonly<Record<StudiedFeature['study']['rating'], Tone>> = {
  ...{ acceptable: 'good', marginal: 'warn', unacceptable: 'bad' },
};
/** What the service says where the gauge shows no variation at all. */
const unlimitedCategories = 999;

/** A study: every feature in a line, and one of them in full. */
export function StudyView({ study, name }: { study: GaugeStudy; name: string }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<string>();
  const feature = study.features.find((one) => one.name === chosen) ?? study.features[0];
  if (!feature) return null;
  const { parts, operators, trials } = feature.study;
  return (
    <div className={styles.study}>
      <div className={styles.head}>
        <span>{t('parts.study.design', { parts, operators, trials })}</span>
        <EvidenceLink id={study.findingId} />
        <SaveButtons study={study} name={name} />
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('parts.study.feature')}</th>
              <th scope="col">{t('parts.study.verdict')}</th>
              {(['repeatability', 'reproducibility', 'gaugeRR', 'partToPart'] as const).map((key) => (
                <th key={key} scope="col" data-number>
                  {t(`parts.study.${key}`)}
                </th>
              ))}
              <th scope="col" data-number>
                %GRR
              </th>
              <th scope="col" data-number>
                {t('parts.study.ndcColumn')}
              </th>
            </tr>
          </thead>
          <tbody>
            {study.features.map((one) => (
              <SummaryRow key={one.name} feature={one} />
            ))}
          </tbody>
        </table>
      </div>
      {study.features.length > 1 && (
        <Segmented
          aria-label={t('parts.study.feature')}
          value={feature.name}
          onChange={choose}
          options={study.features.map((one) => one.name)}
        />
      )}
      <StudyFeature key={`${study.findingId} ${feature.name}`} study={study} feature={feature} />
    </div>
  );
}

function SummaryRow({ feature }: { feature: StudiedFeature }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { study, name, unit } = feature;
  const { percent } = judgedShare(feature);
  return (
    <tr>
      <th scope="row" data-raw>
        {name}
        {unit && ` (${unit})`}
      </th>
      <td>
        <StateMark tone={tones[study.rating]}>{t(`parts.study.ratings.${study.rating}`)}</StateMark>
      </td>
      {(['repeatability', 'reproducibility', 'gaugeRR', 'partToPart'] as const).map((key) => (
        <td key={key} data-number>
          {study[key].deviation.toPrecision(4)}
        </td>
      ))}
      <td data-number>{format.fixed(percent, 1)} %</td>
      <td data-number>
        {study.distinctCategories === unlimitedCategories
          ? t('parts.study.ndcAll')
          : format.number(study.distinctCategories, 0)}
      </td>
    </tr>
  );
}

/** The measurements are written as `measure study` reads them. */
function SaveButtons({ study, name }: { study: GaugeStudy; name: string }) {
  const { t } = useTranslation();
  const saveResults = () => {
    const columns = ['feature', 'unit', 'source', 'deviation', 'contribution', 'study', 'tolerance', 'ndc', 'verdict'];
    const rows = study.features.flatMap(({ name: feature, unit, study: { distinctCategories, rating, ...of } }) =>
      variationKeys.map((key) => {
        const { deviation, contributionPercent, studyPercent, tolerancePercent } = of[key];
        const shares = [contributionPercent, studyPercent, tolerancePercent];
        const overall = key === 'gaugeRR' ? [distinctCategories, t(`parts.study.ratings.${rating}`)] : [null, null];
        return [feature, unit, t(`parts.study.${key}`), deviation, ...shares, ...overall];
      }),
    );
    const header = columns.map((key) => t(`parts.study.${key}`));
    download(`${name}-gauge-study.csv`, toCsv(header, rows));
  };
  const saveMeasurements = () => {
    const units = new Map(study.features.map((one) => [one.name, one.unit]));
    const rows = study.trials.map(({ feature, part, operator, value, fileName }) => {
      return [part, operator, value, feature, units.get(feature), fileName];
    });
    download(`${name}-measurements.csv`, toCsv(['part', 'operator', 'value', 'feature', 'unit', 'file'], rows));
  };
  return (
    <>
      <Button size="small" icon={<DownloadOutlined />} onClick={saveResults}>
        {t('parts.study.saveResults')}
      </Button>
      <Button size="small" icon={<DownloadOutlined />} onClick={saveMeasurements}>
        {t('parts.study.saveMeasurements')}
      </Button>
    </>
  );
}
