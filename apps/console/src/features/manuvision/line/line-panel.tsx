import { SettingOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Station } from '../types.ts';
import { Certificates } from './certificates.tsx';
import { Faults } from './faults.tsx';
import styles from './line.module.css';
import { LineForm } from './line-form.tsx';
import { useLine } from './use-line.ts';

const lamps = ['ready', 'busy', 'pass', 'fail', 'fault'] as const;

/** What the line reads of a station now, as lamps; nothing where the station talks with no line. */
export function LinePanel({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data } = useLine(station.id);
  const [isOpen, setOpen] = useState(false);
  if (!data) return null;
  const { settings, shown } = data;
  const mayWrite = may('manuvision.station.write');
  if (!settings && !mayWrite) return null;
  const button = mayWrite && (
    <Button size="small" icon={<SettingOutlined />} onClick={() => setOpen(true)}>
      {t(settings ? 'parts.line.change' : 'parts.line.begin')}
    </Button>
  );
  return (
    <>
      <Panel title={t('parts.line.title')} extra={button}>
        {settings ? (
          <>
            <ul className={styles.lamps} aria-label={t('parts.line.signals')}>
              {lamps.map((lamp) => (
                <li key={lamp} data-lamp={lamp} data-lit={shown?.[lamp] ?? false}>
                  <i aria-hidden="true" />
                  <span>{t(`parts.line.lamp.${lamp}`)}</span>
                  <span className={styles.state}>{t(shown?.[lamp] ? 'parts.line.lit' : 'parts.line.dark')}</span>
                </li>
              ))}
            </ul>
            <Told station={station} />
            {mayWrite && (settings.opcua || settings.plc) && <Certificates station={station} />}
          </>
        ) : (
          <p className="soft">{t('parts.line.none')}</p>
        )}
      </Panel>
      {isOpen && (
        <Drawer open size={520} title={t('parts.line.change')} onClose={() => setOpen(false)}>
          <LineForm station={station} settings={settings} onSaved={() => setOpen(false)} />
        </Drawer>
      )}
    </>
  );
}

/** The numbers beside the lamps, and what was wrong before. */
function Told({ station: { id } }: { station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useLine(id);
  if (!data?.settings) return null;
  const { shown, opcua, modbus, plc, settings } = data;
  if (!shown) return <p className="soft">{t('parts.line.silent')}</p>;
  const facts: [string, string][] = [
    [t('parts.line.resultId'), format.number(shown.resultId, 0)],
    [t('parts.line.partId'), shown.partId || '–'],
    [t('parts.line.heartbeat'), String(shown.heartbeat)],
  ];
  if (opcua) facts.push(['OPC UA', `${opcua.url} · nsu=${opcua.namespace};${opcua.node}`]);
  if (modbus) facts.push(['Modbus TCP', `${modbus.host}:${modbus.port} · ${t('parts.line.unit', { n: modbus.unit })}`]);
  if (plc) facts.push([t('parts.line.plc.title'), `${plc.url}${plc.problem === null ? '' : ` · ${plc.problem}`}`]);
  if (settings.mqtt) facts.push(['MQTT', `millwright/stations/${id}/…`]);
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono" data-raw>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <Faults id={id} />
    </>
  );
}
