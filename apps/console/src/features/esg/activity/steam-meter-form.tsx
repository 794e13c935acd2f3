import { Button, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { SteamFields } from '../shared/steam-fields.tsx';
import { steamStateOf } from '../shared/steam-state.ts';
import type { SteamState } from '../types.ts';
import type { MeterRow } from './meter-rows.ts';
import { useStateSteam } from './use-steam-meters.ts';

/** What steam a meter of its mass counts; figures made from then on know its energy. */
export function SteamMeterForm({ meter, onClose }: { meter: MeterRow; onClose(): void }) {
  const { t } = useTranslation();
  const save = useStateSteam(meter.id);
  const run = ({ steam }: { steam?: SteamState }) => save.mutate(steamStateOf(steam) ?? {}, { onSuccess: onClose });
  return (
    <Modal open title={t('esg.steam.of', { point: meter.point })} footer={null} onCancel={onClose}>
      <Form layout="vertical" initialValues={{ steam: meter.steam?.steam }} onFinish={run}>
        <SteamFields />
        {save.error && <ErrorNotice error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isPending} style={{ marginTop: 12 }}>
          {t('actions.save')}
        </Button>
      </Form>
    </Modal>
  );
}
