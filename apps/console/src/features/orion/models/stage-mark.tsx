import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { ModelVersion } from './use-models.ts';

const tones: Record<ModelVersion['stage'], Tone> = { draft: 'idle', reviewed: 'busy', live: 'good', retired: 'warn' };

export function StageMark({ version: { stage, shadow } }: { version: Pick<ModelVersion, 'stage' | 'shadow'> }) {
  const { t } = useTranslation();
  return (
    <StateMark tone={tones[stage]}>
      {t(`learning.stage.${stage}`)}
      {shadow && ` · ${t('learning.shadow')}`}
    </StateMark>
  );
}
