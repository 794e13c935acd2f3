import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Station } from '../types.ts';
import { useDrift } from './use-drift.ts';

/** Above the verdicts, while something of the line has changed: what is said of parts then rests on other pictures than were learnt from. */
export function DriftNotice({ station, className }: { station: Station; className: string }) {
  const { t, i18n } = useTranslation();
  const { data } = useDrift(station.id);
  const changed = data?.events.filter(({ endedAt, version }) => endedAt === null && version === station.version) ?? [];
  if (changed.length === 0) return null;
  const names = [...new Set(changed.map(({ quantity }) => t(`parts.drift.quantities.${quantity}`)))];
  return (
    <Alert
      type="warning"
      showIcon
      className={className}
      title={t('parts.drift.banner', {
        what: new Intl.ListFormat(i18n.language, { style: 'short', type: 'conjunction' }).format(names),
      })}
      description={t('parts.drift.bannerHint')}
    />
  );
}
