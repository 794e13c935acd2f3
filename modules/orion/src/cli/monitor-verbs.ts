import type { PlantNode } from '@millwright/cloud/server';
import type { Verb, VerbContext } from '@millwright/kernel';
import type { ModelHealth } from '../model-health/service.ts';
import { monitorErrors } from '../monitoring/errors.ts';
import type { Incident, IncidentFacts } from '../monitoring/incidents/service.ts';
import type { Monitor, MonitorFacts, MonitorProposal } from '../monitoring/monitor-view.ts';

type Call = VerbContext['call'];
const at = '/api/orion/monitors';
const monitorArgument = { name: 'MONITOR', summary: 'Name or id.' } as const;
const incidentArgument = { name: 'INCIDENT', summary: 'Its number or id.' } as const;
const learnOptions = [
  { name: 'from', summary: 'Begin of normal running; the suggested period unless given.', placeholder: 'ISO' },
  { name: 'to', summary: 'End of normal running.', placeholder: 'ISO' },
  { name: 'method', summary: 'pca unless said otherwise.', placeholder: 'pca|mahalanobis|mewma|conditions' },
] as const;

/** Throws MONITOR_UNKNOWN. */
async function findMonitor(call: Call, wanted: string): Promise<MonitorFacts> {
  const { items } = await call<{ items: MonitorFacts[] }>('GET', at);
  const found = items.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw monitorErrors.MONITOR_UNKNOWN({ id: wanted });
  return found;
}

/** Throws INCIDENT_UNKNOWN. */
async function findIncident(call: Call, wanted: string): Promise<Incident> {
  if (!/^\d{1,9}$/.test(wanted)) return call('GET', `/api/orion/incidents/${encodeURIComponent(wanted)}`);
  const query = { text: wanted, limit: 500 };
  const { items } = await call<{ items: IncidentFacts[] }>('GET', '/api/orion/incidents', { query });
  const found = items.find(({ number }) => number === Number(wanted));
  if (!found) throw monitorErrors.INCIDENT_UNKNOWN({ id: wanted });
  return call('GET', `/api/orion/incidents/${found.id}`);
}

/** The period that was given, or the one that is suggested. */
async function periodOf(call: Call, nodeId: string, { from, to }: VerbContext['options']) {
  const proposal = await call<MonitorProposal>('GET', `${at}/proposal`, { query: { nodeId } });
  if (!proposal.period && (!from || !to))
    throw monitorErrors.MONITOR_POINTS_UNFIT({ asset: proposal.name, reason: 'no week of readings was found' });
  return {
    proposal,
    from: typeof from === 'string' ? from : new Date(proposal.period!.from).toISOString(),
    to: typeof to === 'string' ? to : new Date(proposal.period!.to).toISOString(),
  };
}

const line = ({ name, siteName, nodeName, state, health, openIncidents, perWeek, falsePerWeek }: MonitorFacts) =>
  `${name}  ${siteName}/${nodeName}  ${state}  health ${health ?? '–'}  ${openIncidents} open  false alarms a week: ${falsePerWeek?.toFixed(2) ?? '–'} of ${perWeek} promised`;

const lines = (monitor: Monitor) =>
  [
    line({ ...monitor, sensors: monitor.sensors.length }),
    ...monitor.sensors.map(({ name, unit }) => `  ${name} [${unit}]`),
    ...monitor.versions.map(
      ({ version, role, method, from, to, alarms, falseAlarms: { perWeek, low, high }, kept }) =>
        `  version ${version}  ${role}  ${method}  ${from} to ${to}  threshold ${kept.threshold.toFixed(3)}  ${alarms} alarms, ${perWeek.toFixed(2)} false a week (${low.toFixed(2)} to ${high > 1e6 ? 'unknown' : high.toFixed(2)})`,
    ),
    ...(monitor.leadTime
      ? [
          `  lead time ${monitor.leadTime.medianHours.toFixed(1)} h (${monitor.leadTime.low.toFixed(1)} to ${monitor.leadTime.high.toFixed(1)}, ${monitor.leadTime.count} cases)`,
        ]
      : []),
  ].join('\n');

const incidentLine = ({ number, nodeName, siteName, state, severity, from, to, leading, verdict }: IncidentFacts) =>
  `${number}  ${severity}  ${state}  ${siteName}/${nodeName}  ${from} to ${to}  ${leading ?? '–'}  ${verdict ?? 'not judged'}`;

const reasonVerb = (name: 'promote' | 'drop', summary: string): Verb => ({
  name: `monitors ${name}`,
  summary,
  arguments: [monitorArgument],
  options: [{ name: 'reason', summary: 'Why, for the ledger.', placeholder: 'TEXT', required: true }],
  run: async ({ call, arguments: given, options: { reason } }) =>
    call('POST', `${at}/${(await findMonitor(call, given.MONITOR!)).id}/${name}`, { body: { reason } }),
  print: lines,
});

const pauseVerb = (name: 'pause' | 'resume', summary: string): Verb => ({
  name: `monitors ${name}`,
  summary,
  arguments: [monitorArgument],
  run: async ({ call, arguments: given }) => {
    const { id } = await findMonitor(call, given.MONITOR!);
    return call('POST', `${at}/${id}/pause`, { body: { paused: name === 'pause' } });
  },
  print: lines,
});

/** Verbs of what is watched and of what was found. They speak to a server. */
export const monitorVerbs: readonly Verb[] = [
  {
    name: 'monitors',
    summary: 'List watched assets.',
    run: ({ call }) => call('GET', at),
    print: ({ items }: { items: MonitorFacts[] }) => items.map(line).join('\n') || 'No asset is watched yet.',
  },
  {
    name: 'monitors show',
    summary: 'Show a watched asset with its versions, false alarms and lead time.',
    arguments: [monitorArgument],
    run: async ({ call, arguments: given }) => call('GET', `${at}/${(await findMonitor(call, given.MONITOR!)).id}`),
    print: lines,
  },
  {
    name: 'monitors add',
    summary: 'Watch an asset: its momentary values, from the suggested period of normal running.',
    arguments: [{ name: 'NODE', summary: 'Id or name of the asset.' }],
    options: [
      ...learnOptions,
      { name: 'per-week', summary: 'False alarms a week at most; 0.25 unless said otherwise.', placeholder: 'N' },
    ],
    run: async ({ call, follow, arguments: given, options }) => {
      const { items } = await call<{ items: PlantNode[] }>('GET', '/api/cloud/tree');
      const nodeId = items.find(({ id, name }) => id === given.NODE || name === given.NODE)?.id ?? given.NODE!;
      const { proposal, from, to } = await periodOf(call, nodeId, options);
      const pointIds = proposal.points.filter(({ proposed }) => proposed).map(({ pointId }) => pointId);
      const { method, 'per-week': perWeek } = options;
      const body = {
        nodeId,
        pointIds,
        from,
        to,
        method,
        ...(typeof perWeek === 'string' && { perWeek: Number(perWeek) }),
      };
      const made = await call<Monitor>('POST', at, { body });
      if (made.job) await follow(made.job.id);
      return call('GET', `${at}/${made.id}`);
    },
    print: lines,
  },
  {
    name: 'monitors learn',
    summary: 'Learn another version, which runs beside the live one.',
    arguments: [monitorArgument],
    options: learnOptions,
    run: async ({ call, follow, arguments: given, options }) => {
      const { id, nodeId } = await findMonitor(call, given.MONITOR!);
      const { from, to } = await periodOf(call, nodeId, options);
      const { job } = await call<Monitor>('POST', `${at}/${id}/learn`, { body: { from, to, method: options.method } });
      if (job) await follow(job.id);
      return call('GET', `${at}/${id}`);
    },
    print: lines,
  },
  {
    name: 'monitors fit',
    summary: 'Show whether the live version still fits what it watches: drift, quality, calibration, age.',
    arguments: [monitorArgument],
    options: [{ name: 'days', summary: 'Of the last so many; 14 unless said otherwise.', placeholder: 'N' }],
    run: async ({ call, arguments: given, options: { days } }) =>
      call('GET', `${at}/${(await findMonitor(call, given.MONITOR!)).id}/model-health`, { query: { days } }),
    print: ({ version, inputs, scorePsi, calibration, trainedDays }: ModelHealth) =>
      [
        `version ${version}  learnt ${trainedDays.toFixed(0)} days ago  score PSI ${scorePsi?.toFixed(2) ?? '–'}  false alarms a week ${calibration.perWeek.toFixed(2)} of ${calibration.promised} promised: ${calibration.kept ? 'kept' : 'broken'}`,
        ...inputs.map(
          ({ name, psi, distance, missing, outside }) =>
            `  PSI ${psi?.toFixed(2) ?? '–'}  KS ${distance?.toFixed(2) ?? '–'}  ${Math.round(missing * 100)} % missing  ${Math.round(outside * 100)} % outside  ${name}`,
        ),
      ].join('\n'),
  },
  reasonVerb('promote', 'Let the version beside the live one take its place.'),
  reasonVerb('drop', 'End the version beside the live one.'),
  pauseVerb('pause', 'Watch no more for now.'),
  pauseVerb('resume', 'Go on watching; what came meanwhile is scored then.'),
  {
    name: 'monitors remove',
    summary: 'End the watch; incidents and findings stay.',
    arguments: [monitorArgument],
    run: async ({ call, arguments: given }) => {
      const { id, name } = await findMonitor(call, given.MONITOR!);
      await call('DELETE', `${at}/${id}`);
      return { removed: id, name };
    },
    print: ({ name }: { name: string }) => `${name} is watched no more.`,
  },
  {
    name: 'incidents',
    summary: 'List incidents, the newest first.',
    options: [
      { name: 'state', summary: 'Only of this.', placeholder: 'open|closed' },
      { name: 'text', summary: 'Only with this in number, asset, site or comment.', placeholder: 'TEXT' },
      { name: 'limit', summary: 'How many; 50 unless said otherwise.', placeholder: 'N' },
    ],
    run: ({ call, options: { state, text, limit } }) =>
      call('GET', '/api/orion/incidents', { query: { state, text, limit } }),
    print: ({ items }: { items: IncidentFacts[] }) => items.map(incidentLine).join('\n') || 'No incidents.',
  },
  {
    name: 'incidents show',
    summary: 'Show an incident: who is blamed, its evidence, and what happened in similar cases.',
    arguments: [incidentArgument],
    run: ({ call, arguments: given }) => findIncident(call, given.INCIDENT!),
    print: (incident: Incident) =>
      [
        incidentLine(incident),
        ...incident.blame.map(({ name, share }) => `  ${Math.round(share * 100)} %  ${name}`),
        ...incident.quality.map(({ text }) => `  ! ${text}`),
        ...incident.alarms.map(
          ({ from, peak, threshold, findingId }) =>
            `  alarm ${from}  ${(peak / threshold).toFixed(1)} times the threshold  evidence ${findingId}`,
        ),
        ...incident.similar.map(
          (one) => `  like ${one.number} (${Math.round(one.likeness * 100)} %): ${one.cause ?? one.comment}`,
        ),
        ...incident.hints.map(({ text }) => `  - ${text}`),
      ].join('\n'),
  },
  {
    name: 'incidents judge',
    summary: 'Say what an incident was worth; that closes it and sets the promise anew.',
    arguments: [incidentArgument, { name: 'VERDICT', summary: 'true, false, too-late or not-useful.' }],
    options: [
      { name: 'comment', summary: 'Why.', placeholder: 'TEXT' },
      { name: 'failed', summary: 'When what was announced came about.', placeholder: 'ISO' },
    ],
    run: async ({ call, arguments: given, options: { comment, failed } }) => {
      const { id } = await findIncident(call, given.INCIDENT!);
      const body = { verdict: given.VERDICT, comment, failedAt: failed };
      return call('POST', `/api/orion/incidents/${id}/verdict`, { body });
    },
    print: incidentLine,
  },
  {
    name: 'incidents order',
    summary: 'Raise the work order of an incident, with a checklist from what is blamed.',
    arguments: [incidentArgument],
    options: [{ name: 'title', summary: 'Its title.', placeholder: 'TEXT' }],
    run: async ({ call, arguments: given, options }) => {
      const { id, nodeName, hints } = await findIncident(call, given.INCIDENT!);
      const title = typeof options.title === 'string' ? options.title : `${nodeName} runs unlike before`;
      const body = { title, checklist: hints.map(({ text }) => text) };
      return call('POST', `/api/orion/incidents/${id}/order`, { body });
    },
    print: ({ number }: { number: number }) => `Work order ${number} is raised.`,
  },
];
