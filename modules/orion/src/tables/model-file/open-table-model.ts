import { onnxMetadata } from '@millwright/inference';
import { orionErrors } from '../../errors.ts';
import { learnerKind } from '../../learners/registry.ts';
import { loadState } from '../../learners/state.ts';
import type { TableModel } from '../types.ts';
import { cardKey, stateKey } from './encode-table-model.ts';
import { type TableCard, tableCardSchema } from './table-card.ts';

/** Opens what `tableFile` wrote. Throws ORION_STATE_UNREADABLE. */
export async function openTableModel(file: Uint8Array): Promise<{ model: TableModel; card: TableCard }> {
  const metadata = metadataOf(file);
  const [said, state] = [metadata.get(cardKey), metadata.get(stateKey)];
  if (said === undefined || state === undefined)
    throw orionErrors.ORION_STATE_UNREADABLE({ reason: 'it is no model of tables that Millwright wrote' });
  const card = tableCardSchema.safeParse(parsed(said));
  if (!card.success)
    throw orionErrors.ORION_STATE_UNREADABLE({
      reason: `its card is wrong at ${card.error.issues[0]!.path.join('.')}`,
    });
  const kind = await learnerKind('tables', card.data.method);
  return { model: kind.open(loadState(Buffer.from(state))), card: card.data };
}

function metadataOf(file: Uint8Array): Map<string, string> {
  try {
    return onnxMetadata(file);
  } catch (cause) {
    throw orionErrors.ORION_STATE_UNREADABLE({ reason: 'it is no ONNX file' }, cause);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
