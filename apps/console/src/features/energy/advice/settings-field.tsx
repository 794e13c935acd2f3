import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What a kind needs to be told of equipment, to start from. */
const examples: Readonly<Record<string, unknown>> = {
  'transformer-loading': {
    units: [
      { name: 'T1', kVA: 1000, noLoadkW: 1.7, loadkW: 10.3 },
      { name: 'T2', kVA: 1000, noLoadkW: 1.7, loadkW: 10.3 },
    ],
  },
  'chiller-sequencing': {
    chillers: ['C1', 'C2'].map((name) => ({
      ...{ name, capacitykW: 700 },
      curve: [
        [0.25, 3.5],
        [0.5, 5],
        [0.75, 5.6],
        [1, 5.3],
      ],
    })),
  },
};

interface SettingsFieldProps {
  readonly kind: string;
  /** Null while what stands there is no JSON. */
  onChange(settings: Record<string, unknown> | null): void;
}

/** Settings of a kind as JSON; only those that know equipment need any. */
export function SettingsField({ kind, onChange }: SettingsFieldProps) {
  const { t } = useTranslation();
  const example = examples[kind];
  const [text, setText] = useState('');
  if (!example) return null;
  const change = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === '' ? {} : (JSON.parse(next) as Record<string, unknown>));
    } catch {
      onChange(null); // half-typed JSON is no settings yet
    }
  };
  return (
    <Input.TextArea
      aria-label={t('energy.advice.settings')}
      placeholder={JSON.stringify(example)}
      value={text}
      onFocus={() => text === '' && change(JSON.stringify(example, null, 1))}
      onChange={({ target }) => change(target.value)}
      autoSize={{ minRows: 1, maxRows: 10 }}
      style={{ flex: '1 1 100%', fontFamily: 'monospace' }}
    />
  );
}
