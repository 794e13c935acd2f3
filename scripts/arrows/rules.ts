import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { appArrows, benchInsides, isTestFile, moduleArrows, moduleDoors, rings, serverOnly } from './allowed.ts';
import { type Import, importsOf } from './imports.ts';
import { type Part, shownPath, type Workspace } from './workspace.ts';

export interface Problem {
  /** `path:line`, or the path of a package. */
  readonly where: string;
  /** What is wrong and why it may not be so. */
  readonly message: string;
}

export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

interface Use {
  readonly from: Part;
  readonly file: string;
  readonly isTest: boolean;
  readonly found: Import;
}

/** Why `from` may not know `to`, or undefined when it may. */
function forbiddenArrow(from: Part, to: Part, isTest: boolean): string | undefined {
  if (from === to) return 'a file of the same part is imported by its relative path, not through the door';
  // The test kit builds on the rings' packages and serves the tests of all of them.
  if (to.name === 'testkit' && to.ring === 'packages' && isTest) return undefined;
  if (to.name === 'testkit' && !['server', 'cli'].includes(from.name))
    return 'the test kit is for tests; only apps/server and apps/cli run its plant simulator, as the demo';
  if (rings.indexOf(to.ring) > rings.indexOf(from.ring))
    return `${from.ring} must not know ${to.ring}: the arrow goes packages <- modules <- apps, so that what stands left can serve another product`;
  if (from.ring === 'modules' && to.ring === 'modules') {
    const allowed = moduleArrows[from.name];
    if (!allowed)
      return `the module ${from.name} has no row in scripts/arrows/allowed.ts; add what DESIGN 2 lets it know`;
    if (!allowed.includes(to.name))
      return `${from.name} may know ${allowed.join(', ') || 'packages only'}, not ${to.name}: each module can be taken out of the product`;
  }
  if (from.ring === 'apps' && to.ring === 'apps' && !appArrows[from.name]?.includes(to.name))
    return `apps/${from.name} must not know apps/${to.name}; what both need belongs in a package`;
  return undefined;
}

function closedDoor(from: Part, to: Part, door: string, isTest: boolean): string | undefined {
  if (!to.doors.has(door))
    return `${to.packageName} has no door ${door}; its doors are ${[...to.doors.keys()].join(', ') || 'none'}`;
  // Its browser tests run in Node, beside the server and the devices that they start.
  const isForTests = isTest && (to.name === 'testkit' || door === './test-support');
  if (from.name === 'console' && from.ring === 'apps' && door !== '.' && !isForTests)
    return 'the console runs in a browser, which only the first door is safe for';
  const onBox = from.name === 'edge' && from.ring === 'apps' && !isTest;
  if (onBox && to.ring === 'modules' && !['.', './edge'].includes(door))
    return 'what runs on a box must not load what only a server has; use the doors . and ./edge';
  if (door === './edge' && from.name !== 'edge' && !isTest)
    return 'only apps/edge loads the half of a module that runs on a box';
  if (door === './cli' && from.name !== 'cli') return 'only apps/cli loads the verbs of a module';
  return undefined;
}

function checkProductImport(workspace: Workspace, use: Use, target: Part, door: string): string[] {
  const messages = [forbiddenArrow(use.from, target, use.isTest), closedDoor(use.from, target, door, use.isTest)];
  const { dependencies, devDependencies } = use.from;
  const declared =
    use.from === target ||
    dependencies.has(target.packageName) ||
    (use.isTest && devDependencies.has(target.packageName));
  // Every workspace has the test kit at hand, and declaring it everywhere would make each package depend on all others.
  if (!declared && !(use.isTest && target.name === 'testkit'))
    messages.push(
      `${target.packageName} is not among the dependencies in ${shownPath(workspace, use.from.folder)}/package.json; it only works because another part declares it`,
    );
  return messages.filter((message) => message !== undefined);
}

function checkImport(workspace: Workspace, use: Use): string[] {
  const { specifier } = use.found;
  if (specifier.startsWith('.')) {
    const inside = relative(use.from.folder, resolve(dirname(use.file), specifier));
    return inside.startsWith('..') ? [`${specifier} leaves the package; import other parts by @millwright/<name>`] : [];
  }
  const name = packageOf(specifier);
  const target = workspace.parts.find(({ packageName }) => packageName === name);
  if (target) return checkProductImport(workspace, use, target, `.${specifier.slice(name.length)}`);
  if (isBuiltin(specifier) || specifier.startsWith('#') || specifier.startsWith('virtual:')) return [];
  const { dependencies, devDependencies } = use.from;
  const development = () => devDependencies.has(name) || workspace.rootDevDependencies.has(name);
  // Types are erased, build scripts and tests run where everything is installed.
  const isDevelopment = use.isTest || use.found.typeOnly || !use.file.startsWith(join(use.from.folder, 'src'));
  if (dependencies.has(name) || (isDevelopment && (development() || use.found.typeOnly))) return [];
  // The test kit runs inside the test runner.
  if (use.from.name === 'testkit' && name === 'vitest') return [];
  return [`${name} is not among the dependencies in ${shownPath(workspace, use.from.folder)}/package.json`];
}

function checkFiles(workspace: Workspace): Problem[] {
  return workspace.parts.flatMap((from) =>
    from.files.flatMap((file) => {
      const isTest = isTestFile(relative(from.folder, file));
      return importsOf(file).flatMap((found) =>
        checkImport(workspace, { from, file, isTest, found }).map((message) => ({
          where: `${shownPath(workspace, file)}:${found.line}`,
          message,
        })),
      );
    }),
  );
}

function checkDoors(workspace: Workspace): Problem[] {
  return workspace.parts.flatMap((part) =>
    [...part.doors.keys()].flatMap((door) => {
      const where = `${shownPath(workspace, part.folder)}/package.json`;
      if (door.includes('*')) return [{ where, message: `the door ${door} hides what is public; list each door` }];
      if (part.ring === 'modules' && !moduleDoors.includes(door))
        return [{ where, message: `a module has the doors ${moduleDoors.join(', ')}; ${door} is one more` }];
      return [];
    }),
  );
}

/** What each package knows, tests left out. */
function packageArrows(workspace: Workspace): Map<Part, Set<Part>> {
  const arrows = new Map<Part, Set<Part>>();
  for (const from of workspace.parts) {
    const known = new Set<Part>();
    for (const file of from.files) {
      if (isTestFile(relative(from.folder, file))) continue;
      for (const { specifier } of importsOf(file)) {
        const to = workspace.parts.find(({ packageName }) => packageName === packageOf(specifier));
        if (to && to !== from) known.add(to);
      }
    }
    arrows.set(from, known);
  }
  return arrows;
}

function checkCycles(workspace: Workspace): Problem[] {
  const arrows = packageArrows(workspace);
  const problems: Problem[] = [];
  const finished = new Set<Part>();
  const walk = (part: Part, path: readonly Part[]): void => {
    const from = path.indexOf(part);
    if (from >= 0) {
      const names = [...path.slice(from), part].map(({ packageName }) => packageName).join(' -> ');
      const message = `${names} is a circle: none of them can be understood, tested or taken out without the others`;
      problems.push({ where: shownPath(workspace, part.folder), message });
      return;
    }
    if (finished.has(part)) return;
    for (const next of arrows.get(part) ?? []) walk(next, [...path, part]);
    finished.add(part);
  };
  for (const part of workspace.parts) walk(part, []);
  return problems;
}

/** What of the server a specifier stands for, or undefined when a browser can load it. */
function cannotRunInBrowser(specifier: string): string | undefined {
  if (isBuiltin(specifier)) return `${specifier} of Node`;
  const matches = (name: string) =>
    name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);
  return serverOnly.some(matches) ? `the server-only ${specifier}` : undefined;
}

/** Follows what the first door of each module loads in a browser, and says by which way it reaches something of the server. */
function checkBrowserDoors(workspace: Workspace): Problem[] {
  return workspace.parts
    .filter(({ ring }) => ring === 'modules')
    .flatMap((module) => {
      const door = module.doors.get('.');
      return door && module.files.includes(door) ? followDoor(workspace, module, door) : [];
    });
}

function followDoor(workspace: Workspace, module: Part, door: string): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const path = [...way, shownPath(workspace, file)];
    for (const { specifier, typeOnly, line } of importsOf(file)) {
      if (typeOnly) continue;
      if (specifier.startsWith('.')) {
        const next = resolve(dirname(file), specifier);
        if (/\.tsx?$/.test(next)) walk(next, path);
        continue;
      }
      const part = workspace.parts.find(({ packageName }) => packageName === packageOf(specifier));
      const next = part?.doors.get(`.${specifier.slice(packageOf(specifier).length)}`);
      if (next) walk(next, path);
      const foreign = part ? undefined : cannotRunInBrowser(specifier);
      if (foreign)
        problems.push({
          where: `${shownPath(workspace, file)}:${line}`,
          message: `the first door of ${module.name} must be safe in a browser, but reaches ${foreign} by ${path.join(' -> ')}`,
        });
    }
  };
  walk(door, []);
  return problems;
}

/** Benchmarks measure what others get, so they use the same doors. */
function checkBenches(workspace: Workspace): Problem[] {
  return workspace.benches.flatMap((file) =>
    importsOf(file).flatMap(({ specifier, line }) => {
      const reached = specifier.startsWith('.') ? shownPath(workspace, resolve(dirname(file), specifier)) : '';
      if (!rings.some((ring) => reached.startsWith(`${ring}/`)) || benchInsides.includes(reached)) return [];
      const message = `${reached} lies within a part; import it through a door by @millwright/<name>, or give the part one`;
      return [{ where: `${shownPath(workspace, file)}:${line}`, message }];
    }),
  );
}

/** Every arrow that may not be there, each with the reason. */
export function checkArrows(workspace: Workspace): Problem[] {
  return [
    ...checkFiles(workspace),
    ...checkDoors(workspace),
    ...checkCycles(workspace),
    ...checkBrowserDoors(workspace),
    ...checkBenches(workspace),
  ];
}
