import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Panel } from '../../../components/panel.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import type { ParityDetails } from './training-details.ts';

/** The certificate that the one file judges as what was trained. */
export function ParityView({ parity }: { parity: ParityDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isKept = parity.changedDecisions === 0;
  const difference = parity.maxScoreDifference;
  return (
    <Panel
      title={
        <>
          <SafetyCertificateOutlined /> {t('parts.parity.title')}
        </>
      }
      extra={
        <StateMark tone={isKept ? 'good' : 'bad'}>{t(isKept ? 'parts.parity.kept' : 'parts.parity.broken')}</StateMark>
      }
    >
      <p>
        {t('parts.parity.text', {
          n: format.number(parity.pictures, 0),
          changed: format.number(parity.changedDecisions, 0),
          difference: difference > 0 && difference < 0.001 ? difference.toExponential(1) : format.number(difference, 4),
        })}
        {parity.heatmapCorrelation !== null &&
          ` ${t('parts.parity.heatmaps', { n: format.number(Math.floor(parity.heatmapCorrelation * 1e6) / 1e6, 6) })}`}
      </p>
    </Panel>
  );
}
