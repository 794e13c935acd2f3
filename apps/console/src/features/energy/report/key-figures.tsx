import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { type Figure, FigureStrip } from '../../../components/figure-strip.tsx';
import { AmountText } from '../shared/amount-text.tsx';
import type { Profile, Report } from '../types.ts';
import styles from './report.module.css';

/** Below this share of its time the period is not fully known. */
const enough = 0.95;

/** The figures people ask for first, each opening its evidence where it was recorded. */
export function KeyFigures({ profile, report }: { profile: Profile; report: Report | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const zone = profile.site.timezone;
  const { peak, baseLoad, consumption, loadFactor } = report ?? profile;
  const share = report?.coverage.share ?? profile.coverage;
  const shown = (figure: ReactNode) => (report ? <EvidenceLink id={report.evidence}>{figure}</EvidenceLink> : figure);
  const figures: Figure[] = [
    {
      key: 'consumption',
      label: t('energy.figures.consumption'),
      value: shown(<AmountText {...consumption} />),
      note: report ? <EvidenceLink id={report.evidence} /> : t('energy.figures.sum', { n: profile.points.length }),
    },
    {
      key: 'peak',
      label: t('energy.figures.peak'),
      value: shown(peak ? <AmountText value={peak.value} unit={peak.unit} /> : format.number(null)),
      note: peak && format.minute(peak.at, zone),
    },
    {
      key: 'loadFactor',
      label: t('energy.figures.loadFactor'),
      value: shown(format.percent(loadFactor)),
      note: t('energy.figures.loadFactorNote'),
    },
    {
      key: 'baseLoad',
      label: t('energy.figures.baseLoad'),
      value: shown(<AmountText value={baseLoad.value} unit={baseLoad.unit} />),
      note: t('energy.figures.baseLoadNote'),
    },
    {
      key: 'coverage',
      label: t('energy.figures.coverage'),
      value: shown(format.percent(share, 2)),
      note: report
        ? t('energy.figures.readings', {
            n: format.number(report.coverage.readingsUsable, 0),
            expected: format.number(report.coverage.readingsExpected, 0),
          })
        : t('energy.figures.coverageNote'),
      tone: share >= enough ? 'good' : 'warn',
    },
  ];
  const { powerFactor } = report ?? {};
  if (powerFactor)
    figures.splice(4, 0, {
      key: 'powerFactor',
      label: t('energy.figures.powerFactor'),
      value: shown(format.number(powerFactor.value, 4)),
      note: t('energy.figures.reactive', {
        lagging: format.number(powerFactor.lagging, 0),
        leading: format.number(powerFactor.leading, 0),
      }),
    });
  return (
    <div className={styles.figures} data-count={figures.length}>
      <FigureStrip figures={figures} />
    </div>
  );
}
