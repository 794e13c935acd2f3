import { useTranslation } from 'react-i18next';
import { Facts } from '../fact-list.tsx';
import { EvidenceStage } from './evidence-stage.tsx';
import type { Finding } from './finding.ts';
import { InputList } from './input-list.tsx';
import { MethodView } from './method-view.tsx';
import { useVerify } from './use-evidence.ts';
import { VerifyBand } from './verify-band.tsx';

/** Inputs, method, output in the order things happened, under the button that does it all again. */
export function FindingView({ id, finding }: { id: string; finding: Finding }) {
  const { t } = useTranslation();
  const verify = useVerify(id);
  const changed = new Set(verify.data?.changes?.map((change) => JSON.stringify(change.reference)));
  return (
    <>
      <VerifyBand verify={verify} />
      <EvidenceStage title={t('evidence.inputs')} hint={t('evidence.inputsHint')} count={finding.inputs.length}>
        <InputList inputs={finding.inputs} isChanged={(input) => changed.has(JSON.stringify(input.reference))} />
      </EvidenceStage>
      <EvidenceStage title={t('evidence.method')} hint={t('evidence.methodHint')}>
        <MethodView method={finding.method} parameters={finding.parameters} />
      </EvidenceStage>
      <EvidenceStage title={t('evidence.output')} hint={t('evidence.outputHint')} last>
        <Facts value={finding.output} />
      </EvidenceStage>
    </>
  );
}
