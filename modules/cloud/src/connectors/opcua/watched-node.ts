import type { NodeId } from 'node-opcua';

/** A node whose value becomes readings, under the key it was configured by. */
export interface WatchedNode {
  readonly key: string;
  readonly nodeId: NodeId;
}
