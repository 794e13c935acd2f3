import { existsSync } from 'node:fs';
import { isId } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';

/** Methods of verbs that need no server, by the module that their ids begin with; loaded when evidence names it. */
const modules: Record<string, () => Promise<{ fileMethods: readonly FileMethod[] }>> = {
  energy: () => import('@millwright/energy/cli'),
  manuvision: () => import('@millwright/manuvision/cli'),
  matrixvision: () => import('@millwright/matrixvision/cli'),
  orion: () => import('@millwright/orion/cli'),
};

export async function fileMethodOf(id: string, version: string): Promise<FileMethod | undefined> {
  const [module = ''] = id.split('.');
  const load = Object.hasOwn(modules, module) ? modules[module] : undefined;
  const { fileMethods } = (await load?.()) ?? { fileMethods: [] };
  return fileMethods.find((method) => method.id === id && method.version === version);
}

/** Whether what was named is an evidence file rather than the id of a finding. */
export const isEvidencePath = (text: string): boolean => !isId(text) && (/[./\\]/.test(text) || existsSync(text));
