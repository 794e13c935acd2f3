import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import type { GaugeStudy, StudiedFeature } from '../types.ts';
import styles from './study.module.css';
import { componentsOption, measurementsOption } from './study-options.ts';
import { judgedShare, measurementsOf, type VariationKey, variationKeys } from './study-rows.ts';

/** What a variation is part of: operators and their interaction are of reproducibility, which is of gauge R&R. */
const levels: Readonly<Partial<Record<VariationKey, number>>> = {
  ...{ repeatability: 1, reproducibility: 1, operator: 2, interaction: 2 },
};

/** One feature of a study: the verdict in words, the table and the pictures of its variation. */
export function StudyFeature({ study, feature }: { study: GaugeStudy; feature: StudiedFeature }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const unit = feature.unit ?? '';
  const { rating, operators, interactionPooled } = feature.study;
  const { percent, of } = judgedShare(feature);
  const share = (value: number | null) => (value === null ? '–' : format.fixed(value, 2));
  const components = useMemo(
    () => componentsOption(feature, format, { name: (key) => t(`parts.study.${key}`) }),
    [feature, format, t],
  );
  const measurements = useMemo(
    () => measurementsOption(measurementsOf(study.trials, feature.name), unit, palette, format),
    [study, feature, unit, palette, format],
  );
  return (
    <>
      <p className={styles.said} data-rating={rating}>
        {t(`parts.study.said.${rating}`, {
          percent: `${format.number(percent, 1)} %`,
          of: t(of === 'tolerance' ? 'parts.study.ofTolerance' : 'parts.study.ofStudy'),
        })}
        {operators === 1 ? ` ${t('parts.study.oneOperator')}` : interactionPooled && ` ${t('parts.study.pooled')}`}
      </p>
      <div className={styles.charts}>
        <div>
          <h3>{t('parts.study.components')}</h3>
          <Chart option={components} height={250} label={`${t('parts.study.components')}: ${feature.name}`} />
        </div>
        <div>
          <h3>{t('parts.study.measurements')}</h3>
          <Chart option={measurements} height={250} label={`${t('parts.study.measurements')}: ${feature.name}`} />
        </div>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('parts.study.source')}</th>
              <th scope="col" data-number>
                {t('parts.study.deviation')} {unit && <span data-raw>({unit})</span>}
              </th>
              {(['contribution', 'study', 'tolerance'] as const).map((key) => (
                <th key={key} scope="col" data-number>
                  {t(`parts.study.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {variationKeys.map((key) => {
              const { deviation, contributionPercent, studyPercent, tolerancePercent } = feature.study[key];
              return (
                <tr key={key} data-level={levels[key]}>
                  <th scope="row">{t(`parts.study.${key}`)}</th>
                  <td data-number>{deviation.toPrecision(4)}</td>
                  <td data-number>{share(contributionPercent)}</td>
                  <td data-number>{share(studyPercent)}</td>
                  <td data-number>{share(tolerancePercent)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
