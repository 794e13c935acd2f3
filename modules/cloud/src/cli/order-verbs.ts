import { basename } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { orderErrors } from '../work-orders/errors.ts';
import type { WorkOrder, WorkOrderFacts } from '../work-orders/work-order.ts';
import { findNode, findSite, timeOf } from './find.ts';
import { factOf, numberOf } from './options.ts';

type Call = VerbContext['call'];
type Options = VerbContext['options'];

const at = '/api/cloud/orders';
const orderArgument = { name: 'ORDER', summary: 'Its number or id.' } as const;

/** An order by its number or id. Throws ORDER_UNKNOWN. */
async function findOrder(call: Call, wanted: string): Promise<WorkOrder> {
  if (!/^\d{1,9}$/.test(wanted)) return call<WorkOrder>('GET', `${at}/${encodeURIComponent(wanted)}`);
  const { items } = await call<{ items: WorkOrderFacts[] }>('GET', at, { query: { text: wanted, limit: 500 } });
  const found = items.find(({ number }) => number === Number(wanted));
  if (!found) throw orderErrors.ORDER_UNKNOWN({ id: wanted });
  return call<WorkOrder>('GET', `${at}/${found.id}`);
}

/** The id of who may own orders of a site, by name; `none` for nobody. */
async function ownerOf(call: Call, siteId: string, option: Options[string]): Promise<string | null | undefined> {
  const wanted = factOf(option);
  if (typeof wanted !== 'string') return wanted;
  const { items } = await call<{ items: { id: string; name: string }[] }>('GET', `${at}/people`, { query: { siteId } });
  const found = items.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw orderErrors.ORDER_OWNER_UNFIT({ user: wanted });
  return found.id;
}

const line = (order: WorkOrderFacts) =>
  `${order.number}  ${order.state}${order.overdue ? ' (overdue)' : ''}  ${order.priority}  ${order.siteName}/${order.nodeName}  ${order.title}  ${order.owner?.name ?? 'nobody'}  ${order.dueAt ?? 'no due time'}`;

const lines = (order: WorkOrder) =>
  [
    line(order),
    ...(order.description ? [order.description] : []),
    ...order.checklist.map(
      ({ text, done }, index) =>
        `  ${index + 1}. [${done ? 'x' : ' '}] ${text}${done ? `  ${done.by} ${done.at}` : ''}`,
    ),
    ...order.parts.map(({ name, partNumber, quantity }) => `  part: ${quantity} x ${name} ${partNumber}`.trimEnd()),
    ...(order.minutes > 0 ? [`  time: ${order.minutes} min`] : []),
    ...order.photos.map(({ name, size, by }) => `  photo: ${name} (${size} bytes) by ${by}`),
    ...order.comments.map(({ text, by, at: when }) => `  ${when} ${by}: ${text}`),
    ...(order.outcome ? [`  cause: ${order.outcome.cause}`, `  action: ${order.outcome.action}`] : []),
    ...(order.outcome?.verdict ? [`  verdict: ${order.outcome.verdict}`] : []),
    ...(order.findingId ? [`  evidence: ${order.findingId}`] : []),
  ].join('\n');

const filterOptions = [
  { name: 'state', summary: 'Only of these, with commas between.', placeholder: 'open,in-progress,done,cancelled' },
  { name: 'priority', summary: 'Only of this.', placeholder: 'low|normal|high|urgent' },
  { name: 'owner', summary: 'Only of this owner: an id, me or nobody.', placeholder: 'USER' },
  { name: 'site', summary: 'Only of this site.', placeholder: 'SITE' },
  { name: 'under', summary: 'Only of this node and what stands under it: id or path.', placeholder: 'NODE' },
  { name: 'overdue', type: 'boolean', summary: 'Only what is overdue.' },
  { name: 'text', summary: 'Only with this in number, title, place, owner or outcome.', placeholder: 'TEXT' },
  { name: 'sort', summary: 'By what; number unless said otherwise.', placeholder: 'number|title|priority|due|…' },
  { name: 'direction', summary: 'desc unless said otherwise.', placeholder: 'asc|desc' },
] as const;

const filterOf = async (call: Call, options: Options) => ({
  ...{ state: options.state, priority: options.priority, owner: options.owner, text: options.text },
  ...{ sort: options.sort, direction: options.direction, overdue: options.overdue === true ? 'true' : undefined },
  siteId: typeof options.site === 'string' ? (await findSite(call, options.site)).id : undefined,
  nodeId: typeof options.under === 'string' ? (await findNode(call, options.under)).id : undefined,
});

const factOptions = [
  { name: 'description', summary: 'What there is to know.', placeholder: 'TEXT' },
  { name: 'priority', summary: 'normal unless said otherwise.', placeholder: 'low|normal|high|urgent' },
  { name: 'owner', summary: 'Who is to do it: name or id; none takes the owner away.', placeholder: 'USER' },
  { name: 'due', summary: 'Until when, on the clock of the site; none takes it away.', placeholder: 'ISO' },
  { name: 'checklist', summary: 'What to do, step by step, with semicolons between.', placeholder: 'A;B;C' },
] as const;

const dueOf = (option: Options[string], timezone: string) => {
  const due = factOf(option);
  return typeof due === 'string' ? timeOf(due, timezone) : due;
};
const stepsOf = (option: Options[string]) =>
  typeof option === 'string'
    ? option
        .split(';')
        .map((step) => step.trim())
        .filter(Boolean)
    : undefined;

const moveVerb = (name: string, summary: string, state: WorkOrderFacts['state']): Verb => ({
  name: `orders ${name}`,
  summary,
  arguments: [orderArgument],
  run: async ({ call, arguments: given }) =>
    call('POST', `${at}/${(await findOrder(call, given.ORDER!)).id}/move`, { body: { state } }),
  print: line,
});

export const orderVerbs: readonly Verb[] = [
  {
    name: 'orders',
    summary: 'List work orders.',
    options: [...filterOptions, { name: 'limit', summary: 'How many; 50 unless said otherwise.', placeholder: 'N' }],
    run: async ({ call, options }) =>
      call('GET', at, { query: { ...(await filterOf(call, options)), limit: options.limit } }),
    print: ({ items, total }: { items: WorkOrderFacts[]; total: number }) =>
      [...items.map(line), ...(total > items.length ? [`… ${total - items.length} more`] : [])].join('\n') ||
      'No work orders.',
  },
  {
    name: 'orders export',
    summary: 'Write work orders to a CSV file.',
    arguments: [{ name: 'FILE', summary: 'Where to.' }],
    options: filterOptions,
    run: async ({ call, download, arguments: given, options }) => {
      const asked = Object.entries(await filterOf(call, options)).filter(([, value]) => typeof value === 'string');
      const query = new URLSearchParams(asked as [string, string][]);
      const { bytes } = await download(`${at}/export?${query}`, given.FILE!);
      return { file: given.FILE!, bytes };
    },
    print: ({ file, bytes }: { file: string; bytes: number }) => `${file}  ${bytes} bytes`,
  },
  {
    name: 'orders show',
    summary: 'Show one work order.',
    arguments: [orderArgument],
    run: ({ call, arguments: given }) => findOrder(call, given.ORDER!),
    print: lines,
  },
  {
    name: 'orders history',
    summary: 'Show what was done to a work order, newest first.',
    arguments: [orderArgument],
    run: async ({ call, arguments: given }) => call('GET', `${at}/${(await findOrder(call, given.ORDER!)).id}/history`),
    print: ({ items }: { items: { type: string; by: string; at: string; content: unknown }[] }) =>
      items.map(({ type, by, at: when, content }) => `${when}  ${by}  ${type}  ${JSON.stringify(content)}`).join('\n'),
  },
  {
    name: 'orders add',
    summary: 'Raise a work order.',
    arguments: [
      { name: 'NODE', summary: 'Asset, line, area or site: id or path.' },
      { name: 'TITLE', summary: 'What is to be done.' },
    ],
    options: [
      ...factOptions,
      { name: 'finding', summary: 'Entry of the ledger that it is raised from.', placeholder: 'ID' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const node = await findNode(call, given.NODE!);
      const site = await findNode(call, node.siteId);
      const { finding, description, priority } = options;
      const body = {
        ...{ nodeId: node.id, title: given.TITLE, description, priority },
        ownerId: await ownerOf(call, node.siteId, options.owner),
        dueAt: dueOf(options.due, site.timezone ?? 'UTC'),
        checklist: stepsOf(options.checklist),
        ...(typeof finding === 'string' && {
          findingId: finding,
          source: { kind: 'finding', id: finding, link: `/ledger?entry=${finding}`, title: '' },
        }),
      };
      return call('POST', at, { body });
    },
    print: line,
  },
  {
    name: 'orders change',
    summary: 'Change what a work order says, who has it and until when.',
    arguments: [orderArgument],
    options: [{ name: 'title', summary: 'Its new title.', placeholder: 'TEXT' }, ...factOptions],
    run: async ({ call, arguments: given, options }) => {
      const { id, siteId, timezone, checklist } = await findOrder(call, given.ORDER!);
      const steps = stepsOf(options.checklist);
      const body = {
        ...{ title: options.title, description: options.description, priority: options.priority },
        ownerId: await ownerOf(call, siteId, options.owner),
        dueAt: dueOf(options.due, timezone),
        // A step that stays as it was keeps its tick.
        checklist: steps?.map((text) => ({ id: checklist.find((item) => item.text === text)?.id, text })),
      };
      return call('PATCH', `${at}/${id}`, { body });
    },
    print: line,
  },
  moveVerb('begin', 'Say that somebody works on it.', 'in-progress'),
  moveVerb('put-back', 'Say that nobody works on it any more, or reopen what was cancelled.', 'open'),
  moveVerb('cancel', 'Say that it is not to be done.', 'cancelled'),
  {
    name: 'orders close',
    summary: 'Say that it is done, which cause was found and what was done about it.',
    arguments: [orderArgument],
    options: [
      { name: 'cause', summary: 'Which cause was found.', placeholder: 'TEXT', required: true },
      { name: 'action', summary: 'What was done about it.', placeholder: 'TEXT', required: true },
      {
        name: 'verdict',
        summary: 'Whether the alarm that it came from was right.',
        placeholder: 'true|false|too-late|not-useful',
      },
    ],
    run: async ({ call, arguments: given, options: { cause, action, verdict } }) => {
      const { id } = await findOrder(call, given.ORDER!);
      return call('POST', `${at}/${id}/move`, { body: { state: 'done', outcome: { cause, action, verdict } } });
    },
    print: line,
  },
  {
    name: 'orders tick',
    summary: 'Tick a step of the checklist.',
    arguments: [orderArgument, { name: 'STEP', summary: 'Its place in the list, from 1.' }],
    options: [{ name: 'undo', type: 'boolean', summary: 'Take the tick away.' }],
    run: async ({ call, arguments: given, options }) => {
      const { id, number, checklist } = await findOrder(call, given.ORDER!);
      const item = checklist[Number(given.STEP) - 1];
      if (!item) throw orderErrors.ORDER_ITEM_UNKNOWN({ number, item: given.STEP! });
      return call('POST', `${at}/${id}/checklist/${item.id}`, { body: { done: options.undo !== true } });
    },
    print: lines,
  },
  {
    name: 'orders comment',
    summary: 'Add a comment.',
    arguments: [orderArgument, { name: 'TEXT', summary: 'What there is to say.' }],
    run: async ({ call, arguments: given }) =>
      call('POST', `${at}/${(await findOrder(call, given.ORDER!)).id}/comments`, { body: { text: given.TEXT } }),
    print: lines,
  },
  {
    name: 'orders part',
    summary: 'Write down a spare part that was used.',
    arguments: [orderArgument, { name: 'NAME', summary: 'What it is.' }],
    options: [
      { name: 'quantity', summary: '1 unless said otherwise.', placeholder: 'N' },
      { name: 'number', summary: 'Its number in the stock or of its maker.', placeholder: 'TEXT' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const body = { name: given.NAME, quantity: numberOf(options.quantity), partNumber: options.number };
      return call('POST', `${at}/${(await findOrder(call, given.ORDER!)).id}/parts`, { body });
    },
    print: lines,
  },
  {
    name: 'orders time',
    summary: 'Write down time that was spent.',
    arguments: [orderArgument, { name: 'MINUTES', summary: 'How many.' }],
    options: [{ name: 'note', summary: 'On what.', placeholder: 'TEXT' }],
    run: async ({ call, arguments: given, options }) => {
      const body = { minutes: numberOf(given.MINUTES), note: options.note };
      return call('POST', `${at}/${(await findOrder(call, given.ORDER!)).id}/times`, { body });
    },
    print: lines,
  },
  {
    name: 'orders photo',
    summary: 'Add a photo: JPEG, PNG or WebP.',
    arguments: [orderArgument, { name: 'FILE', summary: 'The picture.' }],
    run: async ({ call, arguments: given }) => {
      const { id } = await findOrder(call, given.ORDER!);
      const name = encodeURIComponent(basename(given.FILE!));
      return call('POST', `${at}/${id}/photos?name=${name}`, { file: given.FILE! });
    },
    print: lines,
  },
];
