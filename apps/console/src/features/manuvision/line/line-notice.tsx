import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Station } from '../types.ts';
import { useLine, useResetLine } from './use-line.ts';

/** Above the verdicts, while the station is in its fail-safe state: the line waits until somebody has looked. */
export function LineNotice({ station: { id }, className }: { station: Station; className: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { data } = useLine(id);
  const reset = useResetLine(id);
  const shown = data?.shown;
  if (!data?.settings || !shown?.faultName) return null;
  return (
    <Alert
      type="error"
      showIcon
      className={className}
      title={
        <>
          <strong>
            {shown.faultCode} · {t(`parts.line.faults.${shown.faultName}`)}
          </strong>{' '}
          {t('parts.line.since', { at: format.dateTime(shown.since) })}
        </>
      }
      action={
        may('manuvision.line.reset') && (
          <Button size="small" loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
            {t('parts.line.reset')}
          </Button>
        )
      }
    />
  );
}
