import { Badge, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { DriftPanel } from '../drift/drift-panel.tsx';
import { useDrift } from '../drift/use-drift.ts';
import { LinePanel } from '../line/line-panel.tsx';
import { useLine } from '../line/use-line.ts';
import { LotsPanel } from '../lots/lots-panel.tsx';
import { RetuningPanel } from '../retuning/retuning-panel.tsx';
import { useProposals } from '../retuning/use-proposals.ts';
import type { Station, Verdict } from '../types.ts';
import { CameraView } from './camera-view.tsx';
import { SendPictures } from './send-pictures.tsx';
import styles from './station.module.css';
import { StationFiguresView } from './station-figures.tsx';

export const stationTabs = ['figures', 'camera', 'line', 'drift', 'limit', 'lots', 'send'] as const;
export type StationTab = (typeof stationTabs)[number];

/** Which of them is open, as the address says. */
export function useStationTab(): [StationTab, (tab: StationTab) => void] {
  const [asked, set] = useParameter('tab');
  return [stationTabs.find((one) => one === asked) ?? 'figures', (tab) => set(tab === 'figures' ? undefined : tab)];
}

/** All of a station besides its verdicts, one at a time; a dot where something waits for somebody. */
export function StationTabs({ station, onJudged }: { station: Station; onJudged(verdict: Verdict): void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [tab, setTab] = useStationTab();
  const { data: drift } = useDrift(station.id);
  const { data: line } = useLine(station.id);
  const { data: proposals } = useProposals(station.id);
  const panels: Record<StationTab, ReactNode> = {
    figures: <StationFiguresView station={station} />,
    camera: station.camera && <CameraView station={station} onJudged={onJudged} />,
    line: (line?.settings || may('manuvision.station.write')) && <LinePanel station={station} />,
    drift: <DriftPanel station={station} />,
    limit: <RetuningPanel station={station} />,
    lots: <LotsPanel station={station} />,
    send: may('manuvision.verdict.create') && <SendPictures station={station} />,
  };
  const calls: Partial<Record<StationTab, boolean>> = {
    camera: station.cameraState?.state === 'lost',
    line: Boolean(line?.settings && line.shown?.fault),
    drift: drift?.quantities.some(({ state }) => state === 'changed') ?? false,
    limit: proposals?.items.some(({ decision }) => decision === null) ?? false,
  };
  return (
    <Tabs
      className={styles.tabs!}
      activeKey={tab}
      onChange={(key) => setTab(key as StationTab)}
      destroyOnHidden
      items={stationTabs
        .filter((key) => panels[key])
        .map((key) => ({
          key,
          label: (
            <Badge dot={calls[key] ?? false} offset={[5, 2]}>
              <span className={styles.tab}>{t(`parts.station.tabs.${key}`)}</span>
            </Badge>
          ),
          children: panels[key],
        }))}
    />
  );
}
