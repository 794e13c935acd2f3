import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Decision, Proposal } from '../types.ts';
import { useDecide } from './use-proposals.ts';

interface DecisionDialogProps {
  readonly station: string;
  readonly proposal: Proposal;
  readonly decision: Decision['decision'];
  onClose(): void;
}

/** Nobody decides without a reason: it stands beside the name in the ledger. */
export function DecisionDialog({ station, proposal, decision, onClose }: DecisionDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [reason, setReason] = useState('');
  const decide = useDecide(station);
  const does = decision === 'accepted' ? 'accept' : 'dismiss';
  const limit = format.number(proposal.proposed.threshold, 3);
  return (
    <Modal
      open
      title={t(`parts.retuning.${does}Title`, { limit })}
      okText={t(`parts.retuning.${does}`)}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={decide.isPending}
      onCancel={onClose}
      onOk={() => decide.mutate({ proposal: proposal.id, decision, reason }, { onSuccess: onClose })}
    >
      <p>{t(`parts.retuning.${does}Hint`)}</p>
      <label htmlFor="decision-reason">{t('parts.retuning.reason')}</label>
      <Input.TextArea
        id="decision-reason"
        autoFocus
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
    </Modal>
  );
}
