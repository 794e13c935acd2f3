import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../types.ts';

interface ActivityActionsProps {
  readonly activity: Activity;
  onCorrect(activity: Activity): void;
  onWithdraw(activity: Activity): void;
}

export function ActivityActions({ activity, onCorrect, onWithdraw }: ActivityActionsProps) {
  const { t } = useTranslation();
  return (
    <span className="nowrap">
      <Button type="link" size="small" onClick={() => onCorrect(activity)}>
        {t('esg.activity.correctShort')}
      </Button>
      <Button type="link" size="small" danger onClick={() => onWithdraw(activity)}>
        {t('esg.withdraw.button')}
      </Button>
    </span>
  );
}
