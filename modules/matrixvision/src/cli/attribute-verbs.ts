import { basename, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { attributeErrors } from '../attributes/errors.ts';
import type {
  AttributeAnswer,
  Candidates,
  ExampleAnswer,
  LookAnswer,
  VersionAnswer,
} from '../attributes/service/schemas.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { findCamera, findSiteId } from './find-camera.ts';
import { requireFile } from './text-file.ts';

type Call = VerbContext['call'];
const base = '/api/matrixvision/attributes';
const attributeArgument = { name: 'ATTRIBUTE', summary: 'Name or id.' } as const;
const share = (value: number) => `${(value * 100).toFixed(1)} %`;

/** Throws ATTRIBUTE_UNKNOWN, MATRIXVISION_OPTION_INVALID where several sites have one of the name. */
async function findAttribute(call: Call, wanted: string): Promise<AttributeAnswer> {
  const { items } = await call<{ items: AttributeAnswer[] }>('GET', base);
  const found = items.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 1)
    throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
      ...{ option: 'ATTRIBUTE', value: wanted },
      wanted: `an id, since ${found.length} sites have one of that name: ${found.map(({ id }) => id).join(', ')}`,
    });
  if (found[0]) return found[0];
  throw attributeErrors.ATTRIBUTE_UNKNOWN({ attribute: wanted });
}

const line = ({ id, name, part, counts, newestVersion, accuracy, activeVersion }: AttributeAnswer) =>
  [
    ...[id, name, part, `${counts.present} with, ${counts.absent} without`],
    newestVersion === 0 ? 'not taught yet' : `version ${newestVersion}`,
    accuracy ? `${share(accuracy.value)} right (${share(accuracy.low)} to ${share(accuracy.high)})` : '',
    activeVersion === null ? 'not in use' : `version ${activeVersion} in use`,
  ]
    .filter(Boolean)
    .join('  ');

const exampleLine = ({ id, present, fileName, group }: ExampleAnswer) =>
  `${id}  ${present ? 'with' : 'without'}  ${fileName}  ${group}`;

/** With or without, from the two switches. */
function presentOf({ options }: VerbContext): boolean {
  if (Boolean(options.with) !== Boolean(options.without)) return Boolean(options.with);
  throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
    ...{ option: '--with or --without', value: options.with ? 'both' : 'neither', wanted: 'one of them' },
  });
}

async function exampleOf({ call, options }: VerbContext): Promise<object> {
  const given = ['event', 'sighting', 'picture'].filter((name) => typeof options[name] === 'string');
  if (given.length !== 1)
    throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
      ...{
        option: '--event, --sighting or --picture',
        value: given.join(' and ') || 'not given',
        wanted: 'one of them',
      },
    });
  if (typeof options.event === 'string') return { eventId: options.event };
  if (typeof options.sighting === 'string') return { sightingId: options.sighting };
  const file = resolve(String(options.picture));
  await requireFile(file);
  const { hash } = await call<{ hash: string }>('POST', `${base}/pictures`, { file });
  return { picture: hash, fileName: basename(file), shows: options.shows ?? 'part' };
}

export const attributeVerbs: readonly Verb[] = [
  {
    name: 'attributes',
    summary: 'List what is taught on the server, with its accuracy.',
    run: ({ call }) => call('GET', base),
    print: ({ items }: { items: AttributeAnswer[] }) => items.map(line).join('\n') || 'Nothing is taught yet.',
  },
  {
    name: 'attributes add',
    summary: 'Name an attribute to teach.',
    arguments: [{ name: 'NAME', summary: 'As it is called: hard hat.' }],
    options: [
      { name: 'site', summary: 'Site it belongs to.', placeholder: 'NAME', required: true },
      { name: 'part', summary: 'Where it is worn.', placeholder: 'head|torso|hands|feet', required: true },
    ],
    run: async ({ call, arguments: given, options }) => {
      const siteId = await findSiteId(call, String(options.site));
      return call('POST', base, { body: { siteId, name: given.NAME, part: options.part } });
    },
    print: line,
  },
  {
    name: 'attributes look',
    summary: 'Look at the cameras now; who is seen can be made an example for some minutes.',
    arguments: [attributeArgument],
    options: [{ name: 'camera', summary: 'One camera only.', placeholder: 'NAME' }],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findAttribute(call, given.ATTRIBUTE!);
      const camera = typeof options.camera === 'string' ? (await findCamera(call, options.camera)).id : undefined;
      return call('POST', `${base}/${id}/look`, { body: { camera } });
    },
    print: ({ cameras, found }: LookAnswer) => `${cameras} cameras looked at, ${found} people found.`,
  },
  {
    name: 'attributes candidates',
    summary: 'List people of events and cameras who are no examples yet.',
    arguments: [attributeArgument],
    run: async ({ call, arguments: given }) =>
      call('GET', `${base}/${(await findAttribute(call, given.ATTRIBUTE!)).id}/candidates`),
    print: ({ items, covered }: Candidates) =>
      [
        ...items.map(({ id, kind, cameraName, at }) => `${id}  ${kind}  ${cameraName}  ${at}`),
        ...covered.map((name) => `${name}: people are covered there for you`),
      ].join('\n') || 'Nobody.',
  },
  {
    name: 'attributes examples',
    summary: 'List the examples.',
    arguments: [attributeArgument],
    run: async ({ call, arguments: given }) =>
      call('GET', `${base}/${(await findAttribute(call, given.ATTRIBUTE!)).id}/examples`),
    print: ({ items }: { items: ExampleAnswer[] }) => items.map(exampleLine).join('\n') || 'No examples yet.',
  },
  {
    name: 'attributes example',
    summary: 'Add an example: somebody of an event, seen by a camera, or in a picture file.',
    arguments: [attributeArgument],
    options: [
      { name: 'with', summary: 'It shows the attribute.', type: 'boolean' },
      { name: 'without', summary: 'It does not.', type: 'boolean' },
      { name: 'event', summary: 'As `candidates` lists it.', placeholder: 'ID' },
      { name: 'sighting', summary: 'As `candidates` lists it.', placeholder: 'ID' },
      { name: 'picture', summary: 'A picture file.', placeholder: 'FILE' },
      { name: 'shows', summary: 'What the file shows; part unless said otherwise.', placeholder: 'part|person' },
    ],
    run: async (context) => {
      const present = presentOf(context);
      const { id } = await findAttribute(context.call, context.arguments.ATTRIBUTE!);
      const examples = [{ ...(await exampleOf(context)), present }];
      return context.call('POST', `${base}/${id}/examples`, { body: { examples } });
    },
    print: ({ items }: { items: ExampleAnswer[] }) => items.map(exampleLine).join('\n'),
  },
  {
    name: 'attributes teach',
    summary: 'Teach it from its examples; prints how well it is told.',
    arguments: [attributeArgument],
    run: async (context) => {
      const { id } = await findAttribute(context.call, context.arguments.ATTRIBUTE!);
      const { jobId } = await context.call<{ jobId: string }>('POST', `${base}/${id}/teach`);
      return context.follow<VersionAnswer>(jobId);
    },
    print: ({ version, examples, validation, doubtful, findingId }: VersionAnswer) =>
      [
        `Version ${version}, from ${examples.present} with and ${examples.absent} without.`,
        validation
          ? `${share(validation.accuracy)} right on examples it had not seen (${share(validation.interval.low)} to ${share(validation.interval.high)}).`
          : 'No accuracy can be stated yet.',
        `${doubtful.length} examples are contradicted by the others.`,
        `Proof: millwright verify ${findingId}`,
      ].join('\n'),
  },
  {
    name: 'attributes use',
    summary: 'Say by which version it is told, and on which cameras.',
    arguments: [attributeArgument],
    options: [
      { name: 'version', summary: 'The newest unless said otherwise; 0: told nowhere.', placeholder: 'N' },
      { name: 'cameras', summary: 'Names with commas between; left out: all of the site.', placeholder: 'NAMES' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id, newestVersion } = await findAttribute(call, given.ATTRIBUTE!);
      const version = options.version === undefined ? newestVersion : Number(options.version);
      const names = typeof options.cameras === 'string' ? options.cameras.split(',').map((name) => name.trim()) : null;
      const cameras = names && (await Promise.all(names.map((name) => findCamera(call, name)))).map((one) => one.id);
      return call('PUT', `${base}/${id}/use`, { body: { version: version === 0 ? null : version, cameras } });
    },
    print: line,
  },
  {
    name: 'attributes remove',
    summary: 'Take an attribute away; what was concluded with it stays provable.',
    arguments: [attributeArgument],
    run: async ({ call, arguments: given }) => {
      const { id } = await findAttribute(call, given.ATTRIBUTE!);
      await call('DELETE', `${base}/${id}`);
      return { id };
    },
    print: ({ id }: { id: string }) =>
      `Taken away. \`millwright matrixvision attributes restore ${id}\` brings it back.`,
  },
  {
    name: 'attributes restore',
    summary: 'Bring back an attribute that was taken away.',
    arguments: [{ name: 'ID', summary: 'As `attributes remove` printed it.' }],
    run: ({ call, arguments: given }) => call('POST', `${base}/${encodeURIComponent(given.ID!)}/restore`),
    print: line,
  },
];
