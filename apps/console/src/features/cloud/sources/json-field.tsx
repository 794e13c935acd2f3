import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface JsonFieldProps {
  readonly value?: unknown;
  onChange?(value: unknown): void;
  readonly id?: string;
}

/** For what has no form: JSON, handed on as soon as it reads. */
export function JsonField({ value, onChange, id }: JsonFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [wrong, setWrong] = useState(false);
  const change = (next: string) => {
    setText(next);
    try {
      onChange?.(next.trim() ? JSON.parse(next) : undefined);
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <>
      <Input.TextArea
        id={id}
        className="mono"
        rows={4}
        value={text}
        status={wrong ? 'error' : undefined}
        onChange={(event) => change(event.target.value)}
      />
      {wrong && <span className="faint">{t('cloud.sources.notJson')}</span>}
    </>
  );
}
