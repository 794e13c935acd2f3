import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { useWord } from '../../cloud/use-word.ts';
import { AmountText } from '../shared/amount-text.tsx';
import { Change } from '../shared/change.tsx';
import type { CarrierConsumption } from '../types.ts';

interface CarrierFiguresProps {
  readonly carriers: readonly CarrierConsumption[];
  /** Once recorded. */
  readonly evidence: string | undefined;
}

/** One figure for each carrier, with how it moved. */
export function CarrierFigures({ carriers, evidence }: CarrierFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  return (
    <FigureStrip
      figures={carriers.map(({ carrier, total, unit, comparison, unmetered, errors }) => {
        const value = (
          <AmountText key={carrier} value={total} unit={unit} digits={total !== null && total >= 1e4 ? 0 : 2} />
        );
        const share = total ? unmetered / total : 0;
        return {
          key: carrier,
          label: word('carrier', carrier),
          value: evidence ? <EvidenceLink id={evidence}>{value}</EvidenceLink> : value,
          tone: errors.some(({ withinTolerance }) => !withinTolerance) ? 'bad' : undefined,
          note: (
            <>
              {share > 0 && <div>{t('energy.consumption.unmeteredShare', { share: format.percent(share) })}</div>}
              {comparison?.before.comparable && (
                <div>
                  <Change change={comparison.before.perDay.change} /> {t('energy.consumption.toBefore')}
                </div>
              )}
              {comparison?.lastYear.comparable && (
                <div>
                  <Change change={comparison.lastYear.perDay.change} /> {t('energy.consumption.toLastYear')}
                </div>
              )}
            </>
          ),
        };
      })}
    />
  );
}
