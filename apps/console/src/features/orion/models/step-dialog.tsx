import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from './use-models.ts';

interface StepDialogProps {
  readonly step: Omit<Step, 'reason'>;
  readonly busy: boolean;
  onDone(reason: string): void;
  onClose(): void;
}

/** Asks why: a change of stage stands in the ledger with its reason. */
export function StepDialog({ step, busy, onDone, onClose }: StepDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const isEmpty = reason.trim() === '';
  return (
    <Modal
      open
      title={t(`learning.step.${step.to}`, { version: step.version })}
      okText={t(`learning.do.${step.to}`)}
      okButtonProps={{ disabled: isEmpty, loading: busy }}
      onOk={() => onDone(reason.trim())}
      onCancel={onClose}
    >
      <Input.TextArea
        autoFocus
        rows={3}
        aria-label={t('learning.reason')}
        placeholder={t('learning.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
