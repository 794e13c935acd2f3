import type { Verb } from '@millwright/kernel';

/** Verbs by module; loaded when called, so that a call starts only what it uses. */
const modules: Record<string, () => Promise<{ verbs: readonly Verb[] }>> = {
  cloud: () => import('@millwright/cloud/cli'),
  alerts: async () => ({ verbs: (await import('@millwright/cloud/cli')).alertVerbs }),
  energy: () => import('@millwright/energy/cli'),
  esg: () => import('@millwright/esg/cli'),
  manuvision: () => import('@millwright/manuvision/cli'),
  matrixvision: () => import('@millwright/matrixvision/cli'),
  orion: () => import('@millwright/orion/cli'),
  edge: () => import('./edge-verbs.ts'),
  ledger: () => import('./ledger-verbs.ts'),
  access: () => import('./access-verbs.ts'),
  jobs: () => import('./job-verbs.ts'),
};

/** Verbs that stand without a module name. */
const top = () => import('./top-verbs.ts');

export interface FoundVerb {
  readonly verb: Verb;
  /** How it is called: `cloud import`. */
  readonly called: string;
  readonly rest: readonly string[];
}

export async function findVerb(argv: readonly string[]): Promise<FoundVerb | undefined> {
  const [first = ''] = argv;
  const load = Object.hasOwn(modules, first) ? modules[first] : undefined;
  const before = load ? 1 : 0;
  const { verbs } = await (load ?? top)();
  // `sources add` goes before `sources`, whose first argument `add` would otherwise be.
  for (const words of [2, 1]) {
    const name = argv.slice(before, before + words).join(' ');
    const verb = verbs.find((one) => one.name === name);
    if (verb) return { verb, called: argv.slice(0, before + words).join(' '), rest: argv.slice(before + words) };
  }
  return undefined;
}

/** All verbs, for the help; `only` limits it to one module. */
export async function allVerbs(only?: string): Promise<{ called: string; verb: Verb }[]> {
  const found: { called: string; verb: Verb }[] = [];
  for (const [name, load] of Object.entries(modules)) {
    if (only && name !== only) continue;
    for (const verb of (await load()).verbs) found.push({ called: `${name} ${verb.name}`, verb });
  }
  if (!only) for (const verb of (await top()).verbs) found.push({ called: verb.name, verb });
  return found;
}
