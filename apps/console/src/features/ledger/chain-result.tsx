import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import type { VerifyAnswer } from '../../components/evidence/finding.ts';
import { VerifyDetails } from '../../components/evidence/verify-details.tsx';

export function ChainResult({ result, anchored }: { result: VerifyAnswer; anchored: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const n = format.number(result.checked, 0);
  const whole = result.status === 'proved';
  return (
    <Alert
      style={{ marginTop: 12 }}
      type={whole ? 'success' : 'error'}
      showIcon
      title={t(whole ? (anchored ? 'ledger.chain.wholeAnchored' : 'ledger.chain.whole') : 'ledger.chain.broken', { n })}
      description={whole ? undefined : <VerifyDetails result={result} />}
    />
  );
}
