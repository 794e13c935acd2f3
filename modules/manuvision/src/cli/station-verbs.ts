import type { Verb, VerbContext } from '@millwright/kernel';
import { withoutMasks } from '../datasets/picture-names.ts';
import { pictureFiles } from '../reading/picture-files.ts';
import type { StationAnswer, StationFigures, VerdictAnswer } from '../stations/schemas.ts';
import { explanationLines } from './explanation-lines.ts';
import { base, findInspection, findStation, listed, numberOf } from './find-part.ts';
import { boxFrom, settingOptions, settingsFrom } from './station-settings.ts';

const stationArgument = { name: 'STATION', summary: 'Name or id.' } as const;

const line = ({ id, name, inspectionName, version, today, cameraState }: StationAnswer) =>
  [
    ...[id, name, `${inspectionName} version ${version}`],
    `today ${today.ok} OK, ${today.ng} NG, ${today.refused} refused`,
    cameraState && ['camera', cameraState.state, 'since', cameraState.since, cameraState.code ?? ''].join(' ').trim(),
  ]
    .filter(Boolean)
    .join('  ');

const verdictLine = (one: VerdictAnswer) => {
  const { id, at, fileName, verdict, class: name, score, error, reviewed, removed } = one;
  return [
    ...[id, at, fileName, verdict.toUpperCase(), name, score?.toPrecision(5), error],
    reviewed && `said to be ${reviewed.toUpperCase()}`,
    removed && `picture removed ${removed.at} by ${removed.by}`,
  ]
    .filter(Boolean)
    .join('  ');
};

/** Judges every picture, as a camera of the line would send them. */
async function judgeFiles({ arguments: given, options, call, progress, signal }: VerbContext) {
  const { id } = await findStation(call, given.STATION!);
  const files = withoutMasks(await pictureFiles(given.PICTURES!));
  const items: VerdictAnswer[] = [];
  for (const [at, { path, name }] of files.entries()) {
    signal.throwIfAborted();
    progress(at / files.length, name);
    const query = { fileName: name, lot: options.lot };
    items.push(await call<VerdictAnswer>('POST', `${base}/stations/${id}/judge`, { query, file: path }));
  }
  return { items };
}

export const stationVerbs: readonly Verb[] = [
  {
    name: 'stations',
    summary: 'List the stations with what they judged today.',
    run: ({ call }) => call('GET', `${base}/stations`),
    print: listed(line, 'No stations yet.'),
  },
  {
    name: 'stations add',
    summary: 'Set up a station that judges by an inspection.',
    arguments: [{ name: 'NAME', summary: 'As it is called at the line.' }],
    options: [
      { name: 'inspection', summary: 'Name or id.', placeholder: 'INSPECTION', required: true },
      { name: 'version', summary: 'Left out, the newest.', placeholder: 'N' },
      ...settingOptions,
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id: inspectionId, siteId, newestVersion } = await findInspection(call, String(options.inspection));
      const version = numberOf(options.version) ?? newestVersion;
      const body = {
        siteId,
        name: given.NAME,
        inspectionId,
        version,
        ...settingsFrom(options),
        boxId: await boxFrom(call, options, null),
      };
      return call('POST', `${base}/stations`, { body });
    },
    print: line,
  },
  {
    name: 'stations set',
    summary: 'Change a station; what is left out stays.',
    arguments: [stationArgument],
    options: [
      { name: 'name', summary: 'Its new name.', placeholder: 'NAME' },
      { name: 'inspection', summary: 'Name or id.', placeholder: 'INSPECTION' },
      {
        name: 'version',
        summary: 'Of the inspection; with another inspection left out, its newest.',
        placeholder: 'N',
      },
      ...settingOptions,
    ],
    run: async ({ call, arguments: given, options }) => {
      const station = await findStation(call, given.STATION!);
      const other = options.inspection ? await findInspection(call, String(options.inspection)) : undefined;
      const body = {
        ...{ name: options.name ?? station.name, inspectionId: other?.id ?? station.inspectionId },
        version: numberOf(options.version) ?? other?.newestVersion ?? station.version,
        ...settingsFrom(options, station),
        boxId: await boxFrom(call, options, station.boxId),
      };
      return call('PUT', `${base}/stations/${station.id}`, { body });
    },
    print: line,
  },
  {
    name: 'stations judge',
    summary: 'Have a station judge pictures.',
    arguments: [
      stationArgument,
      { name: 'PICTURES', summary: 'Folder of pictures, or one file; masks among them are left out.' },
    ],
    options: [{ name: 'lot', summary: 'That they are of; another one that is open is ended.', placeholder: 'NUMBER' }],
    run: judgeFiles,
    print: listed(verdictLine, 'Nothing was judged.'),
  },
  {
    name: 'stations trigger',
    summary: 'Have a station take a picture with its camera and judge it.',
    arguments: [stationArgument],
    run: async ({ call, arguments: given }) => {
      const { id } = await findStation(call, given.STATION!);
      return call('POST', `${base}/stations/${id}/trigger`);
    },
    print: verdictLine,
  },
  {
    name: 'stations verdicts',
    summary: 'List what a station judged, newest first.',
    arguments: [stationArgument],
    options: [
      { name: 'verdict', summary: 'Only these.', placeholder: 'ok|ng|refused' },
      {
        name: 'review',
        summary: 'Rejects that nobody has looked at, kept passes that nobody has, or what somebody has.',
        placeholder: 'open|passed|done',
      },
      { name: 'limit', summary: 'At most so many; left out, 50.', placeholder: 'N' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findStation(call, given.STATION!);
      const { verdict, review, limit } = options;
      return call('GET', `${base}/stations/${id}/verdicts`, { query: { verdict, review, limit } });
    },
    print: listed(verdictLine, 'Nothing was judged.'),
  },
  {
    name: 'stations review',
    summary: 'Say whether a part was good.',
    arguments: [
      stationArgument,
      { name: 'VERDICT', summary: 'Id, as `stations verdicts` lists it.' },
      { name: 'SAID', summary: 'ok, ng, or none to take it back.' },
    ],
    run: async ({ call, arguments: given }) => {
      const { id } = await findStation(call, given.STATION!);
      const verdict = given.SAID === 'none' ? null : given.SAID;
      return call('PUT', `${base}/stations/${id}/verdicts/${given.VERDICT}/review`, { body: { verdict } });
    },
    print: verdictLine,
  },
  {
    name: 'stations explain',
    summary:
      'Show what speaks against a part, beside the nearest good patches, known defects and parts that people rejected.',
    arguments: [stationArgument, { name: 'VERDICT', summary: 'Id, as `stations verdicts` lists it.' }],
    run: async ({ call, arguments: given }) => {
      const { id } = await findStation(call, given.STATION!);
      return call('GET', `${base}/stations/${id}/verdicts/${given.VERDICT}/explanation`);
    },
    print: explanationLines,
  },
  {
    name: 'stations figures',
    summary: 'Yield by hour, rejected classes and reviews of a station.',
    arguments: [stationArgument],
    options: [{ name: 'hours', summary: 'Until now; left out, 24.', placeholder: 'N' }],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findStation(call, given.STATION!);
      return call('GET', `${base}/stations/${id}/figures`, { query: { hours: options.hours } });
    },
    print: ({ counts, hours, classes, reviewed }: StationFigures) =>
      [
        `${counts.ok} OK, ${counts.ng} NG, ${counts.refused} refused`,
        ...hours.map(({ at, ok, ng, refused }) => `  ${at}  ${ok} OK, ${ng} NG, ${refused} refused`),
        ...classes.map(({ name, count }) => `  ${name || 'without class'}: ${count}`),
        `${reviewed.falseRejects} of ${reviewed.rejects} reviewed rejects were good parts`,
      ].join('\n'),
  },
];
