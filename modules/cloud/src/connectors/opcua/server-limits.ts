import type { ClientSession } from 'node-opcua';
import type { Opcua } from './opcua-library.ts';

/** What the server says it takes; `Infinity` where it says nothing or 0. */
export interface ServerLimits {
  readonly monitoredItemsPerCall: number;
  readonly monitoredItems: number;
  readonly monitoredItemsPerSubscription: number;
  readonly nodesPerRead: number;
  readonly nodesPerHistoryRead: number;
}

/** Larger calls are possible but make one slow answer; a server without limits still gets them in pieces. */
const ownCeiling = { monitoredItemsPerCall: 1_000, nodesPerRead: 1_000, nodesPerHistoryRead: 50 };

export async function readServerLimits(opcua: Opcua, session: ClientSession): Promise<ServerLimits> {
  const { VariableIds, AttributeIds, resolveNodeId } = opcua;
  const ids = [
    VariableIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
    VariableIds.Server_ServerCapabilities_MaxMonitoredItems,
    VariableIds.Server_ServerCapabilities_MaxMonitoredItemsPerSubscription,
    VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
    VariableIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerHistoryReadData,
  ];
  const values: number[] = [];
  // One at a time: the limit on nodes per read is not known yet, and a few servers allow very few.
  for (const id of ids) {
    const result = await session.read({ nodeId: resolveNodeId(`i=${id}`), attributeId: AttributeIds.Value });
    const limit = result.statusCode.isGood() ? Number(result.value?.value) : 0;
    values.push(limit > 0 ? limit : Number.POSITIVE_INFINITY);
  }
  return {
    monitoredItemsPerCall: Math.min(values[0]!, ownCeiling.monitoredItemsPerCall),
    monitoredItems: values[1]!,
    monitoredItemsPerSubscription: values[2]!,
    nodesPerRead: Math.min(values[3]!, ownCeiling.nodesPerRead),
    nodesPerHistoryRead: Math.min(values[4]!, ownCeiling.nodesPerHistoryRead),
  };
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
