import type { AlertService, PlantNode } from '@millwright/cloud/server';
import { type Clock, newId, type Severity, worst } from '@millwright/kernel';
import type { MonitorRepository } from '../repository.ts';
import type { AlarmRow, IncidentRow, MonitorRow } from '../schema.ts';
import { type AlarmFacts, haveOneCause, joinSignatures } from './grouping.ts';
import type { IncidentRepository } from './repository.ts';

/** How far back an open incident may have been going on to take an alarm up. */
const lookBackMs = 8 * 86_400_000;
/** What began longer ago is history that was looked through, and nobody is called for it unless it still goes on. */
const freshMs = 86_400_000;

/** How much an alarm asks for attention, by how far it went beyond its threshold. */
export function severityOf(peak: number, threshold: number): Severity {
  const times = threshold > 0 ? peak / threshold : 1;
  return times >= 4 ? 'critical' : times >= 2 ? 'alarm' : 'warning';
}

export const signatureOf = ({ sensors }: MonitorRow, blame: readonly number[]): Record<string, number> =>
  Object.fromEntries(sensors.map(({ pointId }, index) => [pointId, blame[index] ?? 0]));

interface Parts {
  readonly monitors: MonitorRepository;
  readonly incidents: IncidentRepository;
  readonly alerts: AlertService;
  readonly clock: Clock;
}

/** Finds the incident that an alarm belongs to, or opens one. Inside the transaction that wrote the alarm. Returns its id. */
export async function incidentFor(
  { incidents, clock }: Parts,
  monitor: MonitorRow,
  alarm: AlarmRow,
  nodes: ReadonlyMap<string, PlantNode>,
): Promise<string> {
  const facts: AlarmFacts = {
    ...{ nodeId: monitor.node_id, from: alarm.from_time.getTime(), to: alarm.to_time.getTime() },
    signature: signatureOf(monitor, alarm.blame),
  };
  const open = await incidents.openSince(monitor.site_id, new Date(facts.from - lookBackMs));
  const place = (id: string) => nodes.get(id);
  const found = open.find((one) => haveOneCause(facts, factsOf(one), place));
  if (found) return found.id;
  const id = newId();
  await incidents.insert({
    ...{ id, site_id: monitor.site_id, node_id: monitor.node_id, state: 'open', signature: facts.signature },
    ...{ severity: severityOf(alarm.peak, alarm.threshold), from_time: alarm.from_time, to_time: alarm.to_time },
    ...{ ended: alarm.ended, alert_id: null, order_id: null, verdict: null, comment: '', failed_at: null },
    ...{ judged_at: null, judged_by: null, created_at: clock.now(), closed_at: null },
  });
  return id;
}

/** Brings an incident up to what its alarms say, and calls people once where it is fresh. */
export async function refreshIncident(
  { monitors, incidents, alerts, clock }: Parts,
  id: string,
  monitorOf: (id: string) => MonitorRow | undefined,
): Promise<void> {
  const alarms = await monitors.alarmsOfIncidents([id]);
  const row = await incidents.one(id);
  if (!row || alarms.length === 0) return;
  const to = new Date(Math.max(...alarms.map(({ to_time }) => to_time.getTime())));
  const severity = worst(alarms.map(({ peak, threshold }) => severityOf(peak, threshold)));
  const signature = joinSignatures(
    alarms.map((alarm) => ({
      signature: signatureOf(monitorOf(alarm.monitor_id)!, alarm.blame),
      weight: (alarm.to_time.getTime() - alarm.from_time.getTime() + 1) * alarm.peak,
    })),
  );
  const now = clock.now().getTime();
  const isFresh = now - to.getTime() < freshMs;
  const alert_id =
    row.alert_id ??
    (isFresh && row.state === 'open'
      ? await alerts.raise({
          ...{ module: 'orion', kind: 'incident', severity, siteId: row.site_id, subject: row.node_id },
          ...{ at: row.from_time.getTime(), link: `/orion/incidents/${id}`, details: { incident: row.number } },
          text: row.site_name,
          title: {
            en: `${row.node_name} runs unlike before`,
            'zh-CN': `${row.node_name} 的运行与以往不同`,
            'zh-TW': `${row.node_name} 的運轉與以往不同`,
          },
        })
      : null);
  await incidents.update(id, { to_time: to, severity, signature, alert_id, ended: alarms.every(({ ended }) => ended) });
}

const factsOf = (row: IncidentRow): AlarmFacts => ({
  ...{ nodeId: row.node_id, from: row.from_time.getTime(), to: row.to_time.getTime(), signature: row.signature },
});
