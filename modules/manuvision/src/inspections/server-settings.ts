import { bundledBackbones } from '@millwright/inference';
import { manuvisionErrors } from '../errors.ts';
import { inspectionKind } from '../kinds/registry.ts';
import { settingsOf } from '../kinds/settings-of.ts';
import type { KindSettings } from '../schema.ts';

/**
 * Settings of a kind with its defaults filled in, as the server takes them: a backbone is a bundled one, since files are read
 * with the server's rights and not with those of who asks.
 *
 * Throws MANUVISION_KIND_UNKNOWN, MANUVISION_SETTINGS_INVALID.
 */
export async function serverSettings(name: string, given: unknown): Promise<KindSettings> {
  const kind = await inspectionKind(name);
  const settings = settingsOf(kind, given) as KindSettings;
  const { backbone } = settings;
  const known = bundledBackbones.map((bundled) => bundled.name);
  if (backbone === undefined || known.includes(String(backbone))) return settings;
  throw manuvisionErrors.MANUVISION_SETTINGS_INVALID({
    ...{ kind: name, where: 'backbone', reason: `${String(backbone)} is none of ${known.join(', ')}` },
  });
}
