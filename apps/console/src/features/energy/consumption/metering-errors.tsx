import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { MeteringError } from '../types.ts';

/** Sub-meters that count more than the meter above them: never hidden as a zero. */
export function MeteringErrors({ errors, unit }: { errors: readonly MeteringError[]; unit: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (errors.length === 0) return null;
  return (
    <div>
      {errors.map(({ id, name, value, submetered, excess, share, withinTolerance }) => (
        <Alert
          key={id}
          style={{ marginBottom: 8 }}
          showIcon
          type={withinTolerance ? 'info' : 'warning'}
          title={t('energy.meteringError.title', {
            name,
            excess: format.quantity(excess, unit),
            share: format.percent(share),
          })}
          description={t(withinTolerance ? 'energy.meteringError.within' : 'energy.meteringError.beyond', {
            value: format.quantity(value, unit),
            submetered: format.quantity(submetered, unit),
          })}
        />
      ))}
    </div>
  );
}
