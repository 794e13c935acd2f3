import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import type { CountRow } from '../crossings/schemas.ts';
import type { CameraEvent, RulePrecision } from '../events/schemas.ts';
import type { RecordingHours } from '../recordings/schemas.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { findCamera } from './find-camera.ts';

const span = [
  { name: 'from', summary: 'Start.', placeholder: 'ISO', required: true },
  { name: 'to', summary: 'End.', placeholder: 'ISO', required: true },
] as const;
const cameraArgument = { name: 'CAMERA', summary: 'Name or id.' } as const;
const eventArgument = { name: 'ID', summary: 'As `events` lists it.' } as const;
const pathOf = (id: string) => `/api/matrixvision/events/${encodeURIComponent(id)}`;

const line = ({ id, at, severity, cameraName, ruleName, label, doubts, state, findingId }: CameraEvent) =>
  [
    ...[
      id,
      at,
      severity,
      cameraName,
      ruleName,
      label ?? '',
      doubts.length > 0 ? `unconfirmed: ${doubts.join(', ')}` : '',
    ],
    ...[state, findingId ? `proof ${findingId}` : ''],
  ]
    .filter(Boolean)
    .join('  ');

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const eventVerbs: readonly Verb[] = [
  {
    name: 'events',
    summary: 'List events, newest first.',
    options: [
      { name: 'camera', summary: 'Of one camera.', placeholder: 'NAME' },
      { name: 'rule', summary: 'Of one rule, by its id.', placeholder: 'RULE' },
      { name: 'severity', summary: 'Of one severity.', placeholder: 'info|warning|alarm|critical' },
      { name: 'state', summary: 'By what a reviewer said.', placeholder: 'open|confirmed|rejected' },
      { name: 'from', summary: 'Start.', placeholder: 'ISO' },
      { name: 'to', summary: 'End.', placeholder: 'ISO' },
      { name: 'limit', summary: 'At most so many; 50 unless said otherwise.', placeholder: 'N' },
    ],
    run: async ({ call, options }) => {
      const camera = typeof options.camera === 'string' ? (await findCamera(call, options.camera)).id : undefined;
      const { rule, severity, state, from, to, limit } = options;
      return call('GET', '/api/matrixvision/events', { query: { camera, rule, severity, state, from, to, limit } });
    },
    print: ({ items, total }: { items: CameraEvent[]; total: number }) =>
      items.length === 0 ? 'No events.' : [...items.map(line), `${items.length} of ${total}`].join('\n'),
  },
  {
    name: 'events review',
    summary: 'Confirm or reject an event, or open it again.',
    arguments: [eventArgument, { name: 'VERDICT', summary: 'confirmed, rejected or open.' }],
    options: [{ name: 'note', summary: 'Why.', placeholder: 'TEXT' }],
    run: ({ call, arguments: given, options }) =>
      call('POST', `${pathOf(given.ID!)}/review`, { body: { state: given.VERDICT, note: options.note } }),
    print: line,
  },
  {
    name: 'precision',
    summary: 'How often each rule on each camera was right, by the events that were reviewed, with its 95 % interval.',
    options: [
      { name: 'camera', summary: 'Of one camera.', placeholder: 'NAME' },
      { name: 'from', summary: 'Start.', placeholder: 'ISO' },
      { name: 'to', summary: 'End.', placeholder: 'ISO' },
    ],
    run: async ({ call, options: { camera, from, to } }) => {
      const id = typeof camera === 'string' ? (await findCamera(call, camera)).id : undefined;
      return call('GET', '/api/matrixvision/events/precision', { query: { camera: id, from, to } });
    },
    print: ({ items }: { items: RulePrecision[] }) =>
      items
        .map(
          ({ cameraName, ruleName, events, confirmed, rejected, precision, low, high }) =>
            `${cameraName}  ${ruleName}  ${events} events, ${confirmed} confirmed, ${rejected} rejected${
              precision === null ? '' : `  ${percent(precision)} (${percent(low!)} to ${percent(high!)})`
            }`,
        )
        .join('\n') || 'No events.',
  },
  {
    name: 'events clip',
    summary: 'Write the clip of an event to a file.',
    arguments: [eventArgument],
    options: [{ name: 'out', summary: 'The MP4 to write.', placeholder: 'FILE', required: true }],
    run: async ({ download, arguments: given, options }) => {
      const file = resolve(String(options.out));
      const { bytes, sha256 } = await download(`${pathOf(given.ID!)}/clip.mp4`, file);
      return { file, bytes, sha256 };
    },
    print: ({ file, bytes }: { file: string; bytes: number }) => `${file}  ${bytes} bytes`,
  },
  {
    name: 'counts',
    summary: 'Counts of the lines of a camera by quarter hour.',
    arguments: [cameraArgument],
    options: [
      ...span,
      {
        name: 'minutes',
        summary: 'Minutes of one row, which fit into an hour, or 1440: a day of the site; 15 unless said otherwise.',
        placeholder: 'N',
      },
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findCamera(call, given.CAMERA!);
      const query = { camera: id, from: options.from, to: options.to, bucketMinutes: options.minutes };
      return call('GET', '/api/matrixvision/crossings/counts', { query });
    },
    print: ({ items }: { items: CountRow[] }) =>
      items
        .map(
          (row) =>
            `${row.start}  ${row.ruleId}  in ${row.in}  out ${row.out}  unconfirmed ${row.unconfirmedIn} and ${row.unconfirmedOut}`,
        )
        .join('\n') || 'Nobody crossed.',
  },
  {
    name: 'recordings',
    summary: 'What was recorded of a camera by hour, and what was lost and why.',
    arguments: [cameraArgument],
    options: span,
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findCamera(call, given.CAMERA!);
      const query = { from: options.from, to: options.to };
      return call('GET', `/api/matrixvision/cameras/${id}/recordings`, { query });
    },
    print: ({ hours }: RecordingHours) =>
      hours
        .map(
          ({ start, expectedSeconds, recordedSeconds, lost }) =>
            `${start}  expected ${Math.round(expectedSeconds)} s  recorded ${Math.round(recordedSeconds)} s  ${lost.map(({ reason }) => reason).join(', ')}`,
        )
        .join('\n') || 'Nothing was to be recorded.',
  },
  {
    name: 'who',
    summary: 'Who was in the picture, or in a zone, or crossed a line, between two times.',
    arguments: [cameraArgument],
    options: [
      ...span,
      { name: 'zone', summary: 'Corners in fractions of the picture.', placeholder: '[[x,y],…]' },
      { name: 'line', summary: 'Points of a line.', placeholder: '[[x,y],…]' },
      { name: 'label', summary: 'Only things of this label.', placeholder: 'person' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const { zone, line: drawn, label, from, to } = options;
      if (zone !== undefined && drawn !== undefined)
        throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
          ...{ option: '--zone', value: 'given together with --line', wanted: 'given alone' },
        });
      const { id } = await findCamera(call, given.CAMERA!);
      return call('GET', '/api/matrixvision/tracks/search', {
        query: { camera: id, from, to, zone, line: drawn, label },
      });
    },
    print: ({ items }: { items: { track: number; label: string; from: string; to: string; dwellSeconds: number }[] }) =>
      items
        .map(({ track, label, from, to, dwellSeconds }) => `${from}  ${to}  ${label} ${track}  ${dwellSeconds} s`)
        .join('\n') || 'Nobody.',
  },
];
