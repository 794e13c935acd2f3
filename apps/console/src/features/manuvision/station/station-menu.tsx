import { DeleteOutlined, SettingOutlined } from '@ant-design/icons';
import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { useRemoveStation } from '../shared/use-stations.ts';
import { StationForm } from '../stations/station-form.tsx';
import type { Station } from '../types.ts';

/** What an engineer changes of a station. */
export function StationMenu({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const remove = useRemoveStation();
  const [isOpen, setOpen] = useState(false);
  if (!may('manuvision.station.write')) return null;
  const { id, name, siteId, inspectionId, inspectionName, version } = station;
  const ask = () =>
    modal.confirm({
      title: t('parts.station.removeAsk', { name }),
      content: t('parts.station.removeHint'),
      okText: t('actions.delete'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(id).then(
          () => navigate('/parts/stations'),
          // What went wrong is said by the change itself.
          () => undefined,
        ),
    });
  return (
    <>
      <Button icon={<SettingOutlined />} aria-label={t('parts.station.change')} onClick={() => setOpen(true)} />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('actions.delete')} onClick={ask} />
      {isOpen && (
        <Drawer open size={480} title={t('parts.station.change')} onClose={() => setOpen(false)}>
          <StationForm
            inspection={{ id: inspectionId, siteId, name: inspectionName }}
            version={version}
            station={station}
            onSaved={() => setOpen(false)}
          />
        </Drawer>
      )}
    </>
  );
}
