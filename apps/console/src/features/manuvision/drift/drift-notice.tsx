import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Station } from '../types.ts';
import { useDrift } from './use-drift.ts';

interface DriftNoticeProps {
  readonly station: Station;
  readonly className: string;
  /** To what changed, and since when. */
  onLook(): void;
}

/** Above the verdicts, while something of the line has changed: what is said of parts then rests on other pictures than were learnt from. */
export function DriftNotice({ station, className, onLook }: DriftNoticeProps) {
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
      action={
        <Button size="small" onClick={onLook}>
          {t('parts.drift.look')}
        </Button>
      }
    />
  );
}
