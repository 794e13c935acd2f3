import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyToClipboard } from './copy-to-clipboard.ts';

interface CopyTextProps {
  readonly text: string;
  /** With words on the button; else an icon. */
  readonly label?: string;
}

export function CopyText({ text, label }: CopyTextProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyToClipboard(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Button
      type={label ? 'default' : 'text'}
      size="small"
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
      aria-label={copied ? t('actions.copied') : (label ?? t('actions.copy'))}
      title={label ? undefined : t('actions.copy')}
    >
      {label}
    </Button>
  );
}
