import { configFields, errorCatalogue, permissionTable, roles } from '@millwright/kernel';
import { usageOf } from '../../apps/cli/src/help.ts';
import { allVerbs } from '../../apps/cli/src/verbs.ts';
import { loadDeclarations } from './load-declarations.ts';
import { sampleMessage } from './sample-message.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const note = '<!-- Written by `npm run docs`; a test fails when it is out of date. -->';
const page = (title: string, ...parts: string[]): string => `${[`# ${title}`, note, ...parts].join('\n\n')}\n`;

function errorsPage(): string {
  const catalogue = errorCatalogue();
  const areas = [...new Set(catalogue.map(({ area }) => area))].sort();
  const sections = areas.map((area) => {
    const rows = catalogue
      .filter((entry) => entry.area === area)
      .map(({ code, status, message, remedy }) => [`\`${code}\``, String(status), sampleMessage(message), remedy]);
    return `## ${area}\n\n${table(['Code', 'Status', 'What it says', 'What to do'], rows)}`;
  });
  return page(
    'Errors',
    'Every error has a code. HTTP answers with `{"error": {"code", "message", "details"}}` and the status; the command line prints code and message on stderr.',
    ...sections,
  );
}

function configurationPage(): string {
  const rows = configFields().map(({ key, environment, flag, default: value, unit = '', reason }) => [
    `\`${key}\``,
    `\`${environment}\``,
    `\`${flag}\``,
    value === '' || value === null ? '(empty)' : `\`${String(value)}\`${unit && ` ${unit}`}`,
    reason,
  ]);
  return page(
    'Configuration',
    'Later sources win: the default, `millwright.json` in the data folder, the environment, a flag. What is wrong stops the start, with the whole list. `npm start -- --empty` is short for `--sample never`.',
    table(['Setting', 'Environment', 'Flag', 'Default', 'Why'], rows),
  );
}

function permissionsPage(): string {
  const rows = permissionTable().map((permission) => [
    `\`${permission.name}\``,
    ...roles.map((role) => (permission.roles.includes(role) ? 'yes' : '')),
  ]);
  return page(
    'Permissions',
    'What each role may do. A token is limited further by its scopes (`area.noun.verb`, `area.*` or `*`), and everyone by the sites they have rights on.',
    table(['Permission', ...roles], rows),
  );
}

async function rejectionsPage(): Promise<string> {
  const { rejectionReasons } = await import('../../modules/cloud/src/connectors/connector.ts');
  const rows = Object.entries(rejectionReasons).map(([code, meaning]) => [`\`${code}\``, meaning]);
  return page(
    'Rejections',
    'Why a reading was not stored. Each is counted in the delivery ledger and kept with what arrived; see *Delivery* in the console or `/api/cloud/rejections`.',
    table(['Code', 'What it means'], rows),
  );
}

/** Every page of docs/reference that is drawn from the code, by file name. */
async function commandsPage(): Promise<string> {
  const verbs = await allVerbs();
  const groups = [...new Set(verbs.map(({ called }) => (called.includes(' ') ? called.split(' ')[0]! : '')))].sort();
  const sections = groups.flatMap((group) => [
    `## ${group === '' ? 'Without a module' : group}`,
    ...verbs
      .filter(({ called }) => (called.includes(' ') ? called.split(' ')[0] : '') === group)
      .flatMap(({ called, verb }) => {
        const rows = [
          ...(verb.arguments ?? []).map(({ name, summary }) => [`\`${name.replace('?', '')}\``, summary]),
          ...(verb.options ?? []).map(({ name, summary }) => [`\`--${name}\``, summary]),
        ];
        const usage = `    ${usageOf(called, verb)}`;
        return [`### ${called}`, verb.summary, usage, ...(rows.length > 0 ? [table(['', 'What it is'], rows)] : [])];
      }),
  ]);
  return page(
    'Commands',
    'Every command takes `--json` (one JSON object on stdout and nothing else), `--data DIR` and `--help`. While a server runs on the data folder, commands talk to it; otherwise they open the folder themselves. Exit status: 0 done, 1 the work failed, 2 the call was wrong.',
    ...sections,
  );
}

export async function referencePages(): Promise<Map<string, string>> {
  await loadDeclarations();
  return new Map([
    ['errors.md', errorsPage()],
    ['configuration.md', configurationPage()],
    ['permissions.md', permissionsPage()],
    ['rejections.md', await rejectionsPage()],
    ['commands.md', await commandsPage()],
  ]);
}
