import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateMark } from '../../../components/state-mark.tsx';

interface ConfirmedMarkProps {
  readonly factor: { readonly confirmed: boolean; readonly confidence: string };
}

/** Whether someone compared the value with its document, and what is known of it. */
export function ConfirmedMark({ factor }: ConfirmedMarkProps) {
  const { t } = useTranslation();
  return (
    <Tooltip title={factor.confidence}>
      <span>
        <StateMark tone={factor.confirmed ? 'good' : 'warn'}>
          {t(factor.confirmed ? 'esg.factor.confirmed' : 'esg.factor.unconfirmed')}
        </StateMark>
      </span>
    </Tooltip>
  );
}
