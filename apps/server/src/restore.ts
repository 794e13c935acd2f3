import { type RestoreResult, restoreBackup } from '@millwright/host';
import type { Config } from '@millwright/kernel';
import { modules } from './modules.ts';

/** `restoreBackup` of the host with the modules of this product. */
export async function restoreMillwright(
  config: Config,
  file: string,
  options: { force: boolean; note: (text: string) => void },
): Promise<RestoreResult> {
  return restoreBackup({ config, modules, file, ...options });
}
