import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import type { CameraEvent } from '../types.ts';

const tones: Record<CameraEvent['severity'], Tone> = { info: 'busy', warning: 'warn', alarm: 'bad', critical: 'bad' };

export function SeverityMark({ severity }: { severity: CameraEvent['severity'] }) {
  const words = useRuleWords();
  return <StateMark tone={tones[severity]}>{words.choice('severity', severity)}</StateMark>;
}
